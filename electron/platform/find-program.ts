import { execFile } from 'node:child_process'
import { access, constants } from 'node:fs/promises'
import { homedir } from 'node:os'
import { delimiter, dirname, isAbsolute, join } from 'node:path'
import { promisify } from 'node:util'
import { commandEnvironment } from './environment.ts'

const run = promisify(execFile)

/** A program that has to think about its version for longer than this does not tell it, milliseconds. */
const LONGEST_MS = 8000

/** The absolute path of a program, by its path or its name: on PATH or where installers put such programs; null when there is none. */
export async function findProgram(
  name: string,
  folders: readonly string[] = searchPath(),
): Promise<string | null> {
  const suffixes = process.platform === 'win32' ? ['.exe', '.cmd', '.bat'] : ['']
  for (const folder of isAbsolute(name) ? [''] : folders) {
    for (const suffix of suffixes) {
      const path = folder ? join(folder, name + suffix) : name + suffix
      const isThere = await access(path, constants.X_OK).then(
        () => true,
        () => false,
      )
      if (isThere) return path
    }
  }
  return null
}

/** A window that was opened by a click has a shorter PATH than a terminal: the usual places come after it. */
export function searchPath(): string[] {
  const home = homedir()
  const usual =
    process.platform === 'win32'
      ? [join(home, 'AppData', 'Roaming', 'npm')]
      : ['/usr/local/bin', '/opt/homebrew/bin', join(home, '.local/bin'), join(home, '.npm-global/bin')]
  const own = (commandEnvironment({}).PATH ?? '').split(delimiter).filter(Boolean)
  return [...new Set([...own, ...usual])]
}

/** What the program answers, as "1.18.33"; null when it fails, says nothing of the kind, or takes longer than 8 s. */
export async function programVersion(
  path: string,
  args: readonly string[],
  signal: AbortSignal,
): Promise<string | null> {
  const [program, all] = startable(path, args)
  const options = { env: programEnvironment(path), timeout: LONGEST_MS, signal, windowsHide: true }
  const asked = run(program, all, options)
  asked.child.stdin?.end() // some do not know the question and wait for others: so they end at once
  const { stdout } = await asked.catch(() => ({ stdout: '' }))
  signal.throwIfAborted()
  return /\d+\.\d+(\.\d+)?([-+][0-9A-Za-z.-]+)?/.exec(stdout)?.[0] ?? null
}

/** A script that npm has installed needs the Node beside it. */
export function programEnvironment(path: string): Record<string, string> {
  const environment = commandEnvironment({})
  const folders = [environment.PATH ?? '', dirname(path)].filter(Boolean)
  return { ...environment, PATH: folders.join(delimiter) }
}

/** How a program is started without a shell: on Windows a script goes through its interpreter. */
export function startable(path: string, args: readonly string[]): [program: string, args: string[]] {
  if (process.platform !== 'win32' || !/\.(cmd|bat)$/i.test(path)) return [path, [...args]]
  return ['cmd.exe', ['/d', '/s', '/c', path, ...args]]
}
