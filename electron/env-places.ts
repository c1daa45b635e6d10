import { homedir } from 'node:os'
import { isAbsolute, join, resolve } from 'node:path'
import type { EnvValues } from './env.ts'

/** Where things are kept, as absolute paths. */
export interface Places {
  dataFolder: string
  workspaceRoot: string
  /** Null: not asked for. */
  screenshotFile: string | null
}

/** What the platform decides: handed in by tests. */
export interface PlaceSource {
  /** Where relative paths start. */
  cwd?: string
  platform?: NodeJS.Platform
  home?: string
}

/** Where the values say that things are kept; `~` is the home folder. Needs no other value to be right. */
export function placesOf(values: EnvValues, source: PlaceSource = {}): Places {
  const { cwd = process.cwd(), platform = process.platform, home = homedir() } = source
  const absolute = (text: string) => resolve(cwd, text.replace(/^~(?=$|[\\/])/, home))
  const { RANGERS_DATA_DIR: chosen, WORKSPACE_ROOT: workspaces, RANGERS_SCREENSHOT: screenshot } = values
  const dataFolder = chosen ? absolute(chosen) : defaultDataFolder(values, platform, home)
  return {
    dataFolder,
    workspaceRoot: workspaces ? absolute(workspaces) : join(dataFolder, 'workspaces'),
    screenshotFile: screenshot ? absolute(screenshot) : null,
  }
}

function defaultDataFolder(values: EnvValues, platform: NodeJS.Platform, home: string): string {
  const { XDG_CONFIG_HOME: xdg, APPDATA: appData } = values
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'Agent Rangers')
  if (platform === 'win32') return join(appData ?? join(home, 'AppData', 'Roaming'), 'Agent Rangers')
  return join(xdg && isAbsolute(xdg) ? xdg : join(home, '.config'), 'agent-rangers')
}
