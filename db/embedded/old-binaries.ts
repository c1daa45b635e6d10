import { execFile } from 'node:child_process'
import { access } from 'node:fs/promises'
import { dirname } from 'node:path'
import { promisify } from 'node:util'
import { canReach, prepareCommand, type ServerAccount } from './account.ts'
import { findFormerBinaries, programOf, type ServerBinaries } from './binaries.ts'

/**
 * A server of an older major, for the one time that its data has to be read: the one that this version of the app brings
 * along, else one that is installed on this machine. Undefined: there is none that runs under the account.
 */
export async function findOldBinaries(
  major: number,
  account: ServerAccount,
  signal: AbortSignal,
): Promise<ServerBinaries | undefined> {
  const former = await findFormerBinaries(major)
  const roots = [...installedAt(major), ...(await rootOnPath(account, signal))]
  const installed = roots.map((root) => ({ root, version: String(major), major }))
  for (const binaries of former ? [former, ...installed] : installed) {
    const program = programOf(binaries, 'postgres')
    if (!(await isThere(program))) continue
    const version = await versionOf(program, account, signal)
    if (version === undefined || Number.parseInt(version, 10) !== major) continue
    if (account.kind === 'nobody' && !(await canReach(account, program, signal))) continue
    return { ...binaries, version }
  }
  return undefined
}

/** How a person gets one. */
export function installAdvice(major: number): string {
  if (process.platform === 'darwin') return `brew install postgresql@${major}`
  if (process.platform === 'win32') return 'the installer from postgresql.org'
  return `on Debian and Ubuntu: sudo apt install postgresql-${major}`
}

/** Where the packages of the systems put it. */
function installedAt(major: number): string[] {
  if (process.platform === 'win32') return [`C:\\Program Files\\PostgreSQL\\${major}`]
  return [
    `/usr/lib/postgresql/${major}`, // Debian, Ubuntu
    `/usr/pgsql-${major}`, // Red Hat, Fedora, SUSE from postgresql.org
    `/usr/lib/postgresql${major}`, // SUSE
    `/usr/libexec/postgresql${major}`, // Alpine
    `/opt/homebrew/opt/postgresql@${major}`,
    `/usr/local/opt/postgresql@${major}`,
    `/Applications/Postgres.app/Contents/Versions/${major}`,
    `/Library/PostgreSQL/${major}`,
  ]
}

/** The installation that the search path leads to. */
async function rootOnPath(account: ServerAccount, signal: AbortSignal): Promise<string[]> {
  const folder = await ask(account, 'pg_config', ['--bindir'], signal)
  return folder === undefined ? [] : [dirname(folder)]
}

async function versionOf(
  program: string,
  account: ServerAccount,
  signal: AbortSignal,
): Promise<string | undefined> {
  return /(\d+\.\d+)/.exec((await ask(account, program, ['--version'], signal)) ?? '')?.[1]
}

/** What a program answers that is not ours: it runs under the account and sees no key of ours. */
async function ask(
  account: ServerAccount,
  program: string,
  args: string[],
  signal: AbortSignal,
): Promise<string | undefined> {
  const { file, args: all, options } = prepareCommand(account, program, args)
  try {
    const { stdout } = await promisify(execFile)(file, all, { ...(options as object), signal })
    return stdout.trim()
  } catch {
    signal.throwIfAborted()
    return undefined
  }
}

async function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}
