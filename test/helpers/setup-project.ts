import { spawn } from 'node:child_process'
import { chmod, cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'

const root = path.resolve(import.meta.dirname, '../..')
const NOBODY = 65_534

export interface SetupProject extends AsyncDisposable {
  folder: string
  write(file: string, content: string | object): Promise<void>
}

export interface Ended {
  code: number | null
  stdout: string
  stderr: string
}

/** A project of its own in a temp folder: our scripts, and nothing else yet. Everybody may read it. */
export async function openSetupProject(): Promise<SetupProject> {
  const folder = await mkdtemp(path.join(tmpdir(), 'rangers-setup-'))
  await chmod(folder, 0o755)
  await cp(path.join(root, 'scripts'), path.join(folder, 'scripts'), { recursive: true })
  return {
    folder,
    async write(file, content) {
      const target = path.join(folder, file)
      await mkdir(path.dirname(target), { recursive: true })
      await writeFile(target, typeof content === 'string' ? content : JSON.stringify(content))
    },
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  }
}

/** A module of scripts/, typed by the caller. */
export async function importScript<T>(file: string): Promise<T> {
  return (await import(pathToFileURL(path.join(root, 'scripts', file)).href)) as T
}

/** Runs Node to its end, away from npm's own variables. As root `ordinary` runs it as the user "nobody". */
export function runNode(
  args: string[],
  { cwd, env = {}, ordinary = false }: { cwd: string; env?: NodeJS.ProcessEnv; ordinary?: boolean },
): Promise<Ended> {
  const clean = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('npm_')))
  const identity = ordinary && process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {}
  const child = spawn(process.execPath, args, { cwd, env: { ...clean, ...env }, ...identity })
  const ended: Ended = { code: null, stdout: '', stderr: '' }
  child.stdout.on('data', (text) => {
    ended.stdout += text
  })
  child.stderr.on('data', (text) => {
    ended.stderr += text
  })
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) => resolve({ ...ended, code }))
  })
}
