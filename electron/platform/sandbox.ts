import { execFile } from 'node:child_process'
import { homedir } from 'node:os'
import { promisify } from 'node:util'
import type { SandboxKind } from '#shared/execution.ts'
import { bubblewrapArguments, bubblewrapTrial } from './bubblewrap.ts'
import { seatbeltProfile } from './seatbelt.ts'

/** What a confined process may touch. Everything else of the disk is read-only, people's homes are empty. */
export interface Confinement {
  /** The workspace. */
  workspace: string
  /** False: it is read-only too. */
  mayEdit: boolean
  /** Git's own files for the workspace: read-only, wherever they lie. */
  gitFolders: readonly string[]
  /** Further folders that may be read, wherever they lie. */
  readable: readonly string[]
  /** Further folders that may be written. */
  writable: readonly string[]
  /** Folders that must not even be read: the app's own data. */
  hidden: readonly string[]
  /** Files and folders of the workspace that must neither be read nor written, relative to it. */
  refused: readonly string[]
  /** Whether it reaches the network; a loopback of its own is there in any case. */
  network: boolean
}

/** A program to start in place of another. */
export interface Confined {
  program: string
  args: string[]
}

/** What the system offers to confine processes. */
export interface Sandbox {
  /** Looked for once, when it is first asked for. */
  kind(): Promise<SandboxKind>
  /** The same program, confined; as it is where the system offers nothing. `path` is the PATH that it will see. */
  wrap(command: Confined, confinement: Confinement, path: string): Promise<Confined>
}

export interface SandboxOptions {
  /** `off`: as if the system offered nothing. */
  mode: 'auto' | 'off'
  platform?: NodeJS.Platform
  home?: string
}

const TRIAL_MS = 5000
const SANDBOX_EXEC = '/usr/bin/sandbox-exec'

export function openSandbox({
  mode,
  platform = process.platform,
  home = homedir(),
}: SandboxOptions): Sandbox {
  let found: Promise<SandboxKind> | null = null
  const kind = () => {
    found ??= mode === 'off' ? Promise.resolve('none' as const) : detect(platform)
    return found
  }
  return {
    kind,
    async wrap(command, confinement, path) {
      switch (await kind()) {
        case 'bubblewrap':
          return {
            program: 'bwrap',
            args: [
              ...(await bubblewrapArguments(confinement, { home, path })),
              '--',
              command.program,
              ...command.args,
            ],
          }
        case 'seatbelt': {
          const profile = await seatbeltProfile(confinement, { home, path })
          return { program: SANDBOX_EXEC, args: ['-p', profile, command.program, ...command.args] }
        }
        case 'none':
          return command
      }
    },
  }
}

/** A program that is there may still be forbidden to do it (in a container, say), so it is tried. */
async function detect(platform: NodeJS.Platform): Promise<SandboxKind> {
  if (platform === 'linux' && (await works('bwrap', bubblewrapTrial()))) return 'bubblewrap'
  const trial = ['-p', '(version 1)(allow default)', '/usr/bin/true']
  if (platform === 'darwin' && (await works(SANDBOX_EXEC, trial))) return 'seatbelt'
  return 'none'
}

async function works(program: string, args: string[]): Promise<boolean> {
  try {
    await promisify(execFile)(program, args, { timeout: TRIAL_MS, windowsHide: true })
    return true
  } catch {
    return false
  }
}
