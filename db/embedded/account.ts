import { execFile, type SpawnOptions } from 'node:child_process'
import { promisify } from 'node:util'
import { NOBODY } from './folders.ts'

const MAP_TO_1000 = ['--user', '--map-user=1000', '--map-group=1000']

/**
 * As whom the server runs. It refuses uid 0, yet root's data should stay root's: the window of a root user runs in a
 * user namespace that shows root as 1000, the terminal command outside of it, and both use one folder and one server.
 */
export type ServerAccount =
  /** As ourselves: an ordinary user, or root within the window's namespace. */
  | { kind: 'self' }
  /** We are root: within a user namespace of its own, which leaves root the owner of everything. */
  | { kind: 'namespace' }
  /** We are root, and namespaces are forbidden here (many containers). */
  | { kind: 'nobody'; uid: number; gid: number }

export async function chooseAccount(signal: AbortSignal): Promise<ServerAccount> {
  if (process.platform === 'win32' || process.geteuid?.() !== 0) return { kind: 'self' }
  if (process.platform === 'linux' && (await canUnshare(signal))) return { kind: 'namespace' }
  return { kind: 'nobody', uid: NOBODY, gid: NOBODY }
}

export interface PreparedCommand {
  file: string
  args: string[]
  options: SpawnOptions
}

/** How to start a program under the account: a clean environment, and a working folder that everybody can enter. */
export function prepareCommand(account: ServerAccount, program: string, args: string[]): PreparedCommand {
  const options: SpawnOptions = { windowsHide: true }
  if (process.platform !== 'win32') {
    options.cwd = '/'
    // Nothing of ours: not the keys in it, nor RANGERS_INSTANCE_ID, by which the watchdog finds what it must kill.
    options.env = { PATH: STANDARD_PATH, LC_ALL: 'C', TZ: 'UTC' }
  }
  if (account.kind === 'nobody') Object.assign(options, { uid: account.uid, gid: account.gid })
  if (account.kind !== 'namespace') return { file: program, args, options }
  return { file: 'unshare', args: [...MAP_TO_1000, '--', program, ...args], options }
}

const STANDARD_PATH =
  '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:/run/current-system/sw/bin'

/** The user who must own the server's folders, as seen from here; undefined when that is nothing to us. */
export function ownerOf(account: ServerAccount): { uid: number; gid: number } | undefined {
  if (account.kind === 'self') return undefined
  return account.kind === 'nobody' ? account : { uid: 0, gid: 0 }
}

/** Whether the account can start a program or enter a folder: rights of all folders above it included. */
export async function canReach(account: ServerAccount, path: string, signal: AbortSignal): Promise<boolean> {
  const { file, args, options } = prepareCommand(account, 'test', ['-x', path])
  return succeeds(file, args, { ...options, signal })
}

async function canUnshare(signal: AbortSignal): Promise<boolean> {
  const { file, args, options } = prepareCommand({ kind: 'namespace' }, 'true', [])
  return succeeds(file, args, { ...options, signal })
}

async function succeeds(file: string, args: string[], options: SpawnOptions): Promise<boolean> {
  try {
    await promisify(execFile)(file, args, options as object)
    return true
  } catch {
    options.signal?.throwIfAborted()
    return false
  }
}
