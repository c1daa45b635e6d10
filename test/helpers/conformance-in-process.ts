import { resolve } from 'node:path'
import { PassThrough, type Readable, type Writable } from 'node:stream'
import { pathToFileURL } from 'node:url'
import type { HostProcess, ProcessHost } from '#electron/providers/provider.ts'

const PLAIN = pathToFileURL(resolve('test/agents/plain-conversation.mjs')).href

/** What plain-conversation.mjs exports: plain Node runs it as well, so its types are here. */
interface Plain {
  converse(agent: {
    env: Readonly<Record<string, string>>
    input: Readable
    output: Writable
    exit: (code: number) => void
  }): () => void
}

/**
 * The plain agent without a process of its own, behind the same pipes: for what is about its words, not about processes.
 * Each start of a real one costs a quarter of a second.
 */
export const spawnInProcess: ProcessHost['spawn'] = async (
  _program,
  _args,
  { env },
): Promise<HostProcess> => {
  const [stdin, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()]
  let end: (code: number | null) => void = () => {}
  const exited = new Promise<{ code: number | null; signal: null }>((resolve) => {
    end = (code) => resolve({ code, signal: null })
  })
  const { converse }: Plain = await import(PLAIN)
  const cutOff = converse({ env, input: stdin, output: stdout, exit: end })
  stdin.once('end', () => end(0))
  return {
    pid: process.pid,
    stdin,
    stdout,
    stderr,
    exited,
    async kill() {
      cutOff()
      end(null)
    },
  }
}
