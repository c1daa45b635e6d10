import { spawnSync } from 'node:child_process'

const ENTER = ['unshare', '--user', '--map-user=1000', '--map-group=1000']
const NEST = ['unshare', '--user', '--map-root-user', '--net', 'true']

/**
 * How Chromium's sandbox can be kept here. It refuses uid 0: as root the command is wrapped in a user namespace in which
 * it has uid 1000 (files stay root's outside). Where namespaces are forbidden, as in some containers, there is none.
 * @returns {{ wrapper: string[], sandboxed: boolean }}
 */
export function chromiumSandbox() {
  if (process.platform !== 'linux') return { wrapper: [], sandboxed: true }
  const wrapper = process.getuid() === 0 ? ENTER : []
  const [command, ...args] = [...wrapper, ...NEST]
  const sandboxed = spawnSync(command, args, { stdio: 'ignore' }).status === 0
  return { wrapper: sandboxed ? wrapper : [], sandboxed }
}

export const NO_SANDBOX_WARNING =
  "Warning: this system forbids user namespaces, so the window runs without Chromium's sandbox. Do not work on repositories you do not trust this way."
