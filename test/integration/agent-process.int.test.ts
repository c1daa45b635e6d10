import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { expect, it } from 'vitest'
import { type AgentProcess, startAgentProcess } from '#electron/platform/agent-process.ts'

/** A program that is over before it has been written down. */
async function startShort(script: string): Promise<AgentProcess> {
  return startAgentProcess({
    program: process.execPath,
    args: ['-e', script],
    env: { PATH: process.env.PATH ?? '' },
    cwd: process.cwd(),
    instanceId: randomUUID(),
    executionId: randomUUID(),
    record: {
      add: (pid: number) => untilGone(pid),
      remove: async () => undefined,
    } as Parameters<typeof startAgentProcess>[0]['record'],
  })
}

async function untilGone(pid: number): Promise<void> {
  await expect
    .poll(() => {
      try {
        return process.kill(pid, 0)
      } catch {
        return false
      }
    })
    .toBe(false)
}

const TALK = `console.log('x'.repeat(50000)); console.error('and why')`

it('the words of a program that is over before it is written down are not lost', async () => {
  await using started = await startShort(TALK)
  const [said, why] = await Promise.all([text(started.stdout), text(started.stderr)])
  expect([said.length, why]).toEqual([50_001, 'and why\n'])
  expect(await started.exited).toEqual({ code: 0, signal: null })
})

it('they are heard by listeners and web streams too, whenever those come', async () => {
  await using first = await startShort(TALK)
  let said = ''
  first.stdout.on('data', (chunk: Buffer) => {
    said += chunk
  })
  await once(first.stdout, 'close')
  expect(said).toHaveLength(50_001)

  await using second = await startShort(TALK)
  await second.exited
  const web = Readable.toWeb(second.stdout as Readable)
  expect(await new Response(web as ReadableStream).text()).toHaveLength(50_001)
})
