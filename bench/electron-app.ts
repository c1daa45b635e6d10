import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { BenchContext } from './row.ts'

/** What a bench app prints before its result. */
export const RESULT_MARK = 'BENCH-RESULT '

/**
 * Runs a built app until it prints its result, then ends it. Rejects when it ends without one, or when the context's
 * signal aborts.
 */
export async function runBenchApp(folder: string, { electron, signal }: BenchContext): Promise<unknown> {
  const userData = await mkdtemp(path.join(tmpdir(), 'rangers-bench-'))
  const [program = 'electron', ...args] = electron
  const child = spawn(program, [...args, folder], {
    signal,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, BENCH_USER_DATA: userData },
  })
  let output = ''
  let errors = ''
  child.stdout.setEncoding('utf8').on('data', (text) => {
    output += text
  })
  child.stderr.setEncoding('utf8').on('data', (text) => {
    errors = (errors + text).slice(-4000)
  })
  try {
    await new Promise((resolve, reject) => {
      child.once('close', resolve)
      child.once('error', reject)
    })
  } finally {
    await rm(userData, { recursive: true, force: true })
  }
  const line = output.split('\n').find((one) => one.startsWith(RESULT_MARK))
  if (line === undefined) throw new Error(`The benchmark app gave no result.\n${output}\n${errors}`)
  return JSON.parse(line.slice(RESULT_MARK.length))
}
