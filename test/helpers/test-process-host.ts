import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { killTree, TAG_NAMES } from '#electron/platform/process-tree.ts'
import type { HostProcess, ProcessHost } from '#electron/providers/provider.ts'

export interface TestProcessHost extends ProcessHost {
  /** The tag under which everything that was started can be found. */
  executionId: string
  started: {
    program: string
    args: readonly string[]
    env: Readonly<Record<string, string>>
    mayEdit: boolean
  }[]
}

/** Starts processes in a group of their own, tagged, without a sandbox. */
export function testProcessHost(executionId: string, cwd: string): TestProcessHost {
  const host: TestProcessHost = {
    executionId,
    started: [],
    async spawn(program, args, options): Promise<HostProcess> {
      const { env, mayEdit = true } = options
      host.started.push({ program, args, env, mayEdit })
      const commandId = randomUUID() // one process may end while others of the execution go on
      const tags = { [TAG_NAMES.executionId]: executionId, [TAG_NAMES.commandId]: commandId }
      const child = spawn(program, args, {
        cwd: options.cwd ?? cwd,
        detached: true,
        stdio: ['pipe', 'pipe', 'pipe'],
        env: { ...env, ...tags },
      })
      const exited = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve) => {
        child.once('exit', (code, signal) => resolve({ code, signal }))
        child.once('error', () => resolve({ code: null, signal: null }))
      })
      await once(child, 'spawn')
      const { pid } = child
      if (pid === undefined) throw new Error(`${program} was not started`)
      return {
        pid,
        stdin: child.stdin,
        stdout: child.stdout,
        stderr: child.stderr,
        exited,
        async kill() {
          await killTree(pid, { commandId })
        },
      }
    },
  }
  return host
}
