import { homedir } from 'node:os'
import path from 'node:path'
import { exitOf, startChild } from '../setup/child.mjs'
import { needsVirtualDisplay, openVirtualDisplay } from './display.mjs'
import { chromiumSandbox, NO_SANDBOX_WARNING } from './sandbox.mjs'

/**
 * Runs a command that starts Electron (the binary itself, Playwright, electron-vite, a script of ours) to its end:
 * on a virtual display where there is none, in a user namespace as root, with the chosen runtime. The command sees
 * RANGERS_SANDBOX=off when Chromium's sandbox is not possible here, and RANGERS_VIRTUAL_DISPLAY=on on such a display.
 * @param {string[]} command @param {{ root: string, runtime: import('./runtime.mjs').Runtime, env?: NodeJS.ProcessEnv }} options
 * @returns {Promise<number>} its exit code
 */
export async function runWithElectron(command, { root, runtime, env: extra = {} }) {
  const { wrapper, sandboxed } = chromiumSandbox()
  if (!sandboxed) process.stderr.write(`${NO_SANDBOX_WARNING}\n`)
  const env = {
    ...process.env,
    ...extra,
    PATH: path.join(root, 'node_modules/.bin') + path.delimiter + process.env.PATH,
    RANGERS_SANDBOX: sandboxed ? 'on' : 'off',
    ELECTRON_EXEC_PATH: runtime.binary, // read by electron-vite
  }
  if (runtime.kind === 'registry') env.ELECTRON_OVERRIDE_DIST_PATH = runtime.folder // read by `electron` and Playwright
  if (wrapper.length > 0) env.XDG_CACHE_HOME ??= path.join(homedir(), '.cache') // uid 1000 may have another home
  delete env.ELECTRON_RUN_AS_NODE // an editor's terminal may set it
  const display = needsVirtualDisplay() ? await openVirtualDisplay() : undefined
  try {
    const [program, ...args] = [...wrapper, ...command]
    const child = startChild(program, args, {
      cwd: root,
      env: { ...env, ...display?.env, ...(display && { RANGERS_VIRTUAL_DISPLAY: 'on' }) },
      stdio: 'inherit',
      shell: process.platform === 'win32',
    })
    return await exitOf(child)
  } finally {
    await display?.close()
  }
}

/** The command line that opens the app without any tool between. */
export function appCommand(runtime) {
  const switches = []
  if (!chromiumSandbox().sandboxed) switches.push('--no-sandbox')
  if (needsVirtualDisplay()) switches.push('--log-level=3') // else Chromium tells at length that there is no desktop
  return [runtime.binary, ...switches, '.']
}
