import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { gitEnvironment } from './environment.ts'

const run = promisify(execFile)

/** "2.39.5"; throws when git is not installed. */
export async function gitVersion(signal: AbortSignal): Promise<string> {
  const { stdout } = await run('git', ['--version'], { signal, env: gitEnvironment({}) })
  return stdout.replace('git version', '').trim()
}
