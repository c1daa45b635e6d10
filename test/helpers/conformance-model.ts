import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { FakeModelServer } from '../fake-model-server/server.ts'
import { expectSound, playStep, readOrNull, type Subject, until } from './conformance.ts'

/** What holds for those that have a model think for them: what it wants is done, asked about, refused or cut. */
export function testModel(subject: Subject, lent: () => { server: FakeModelServer; folder: string }): void {
  test('does a step with tools, and tells it', async () => {
    const { server, folder } = lent()
    server.play({
      rules: [
        {
          turns: [
            { thinking: 'Hm.', text: 'I write. ', tools: [subject.write('a.txt', 'done\n')] },
            { text: 'Written.' },
          ],
        },
      ],
    })
    const played = await playStep(subject, server, folder)
    expectSound(played)
    expect(played.result).toMatchObject({ status: 'completed', text: 'Written.' })
    expect(await readOrNull(join(played.workspace, 'a.txt'))).toBe('done\n')
    expect(played.events).toContainEqual(
      expect.objectContaining({ type: 'tool', kind: 'edit', status: 'done', paths: ['a.txt'] }),
    )
    expect(played.events.some((event) => event.type === 'thinking')).toBe(true)
    expect(played.asks).toMatchObject([{ kind: 'edit', paths: ['a.txt'] }])
    expect(played.changes).toEqual([expect.stringMatching(/^@@.*\n\+done$/m)])
  })

  test('what a person refuses is not done, and the agent is told why', async () => {
    const { server, folder } = lent()
    server.play({
      rules: [{ turns: [{ tools: [subject.write('a.txt', 'done\n')] }, { text: 'Then not.' }] }],
    })
    const played = await playStep(subject, server, folder, {
      decide: async () => ({ allow: false, message: 'Not that file.' }),
    })
    expectSound(played)
    expect(played.result).toMatchObject({ status: 'completed', text: 'Then not.' })
    expect(await readOrNull(join(played.workspace, 'a.txt'))).toBeNull()
    expect(JSON.stringify(server.requests.at(-1)?.body?.messages)).toContain('Not that file.')
  })

  test('what is outside the workspace is refused without a question', async () => {
    const { server, folder } = lent()
    server.play({
      rules: [{ turns: [{ tools: [subject.write('../out.txt', 'x')] }, { text: 'Then not.' }] }],
    })
    const played = await playStep(subject, server, folder, { decide: async () => ({ allow: true }) })
    expectSound(played)
    expect(await readOrNull(join(folder, 'out.txt'))).toBeNull()
  })

  test.each([
    ['before the model answers', { hang: true }],
    ['while the model speaks', { text: 'This stops', chunkChars: 3, stall: { afterEvents: 4 } }],
  ])('is cancelled %s, and its call is cut', async (_when, reply) => {
    const { server, folder } = lent()
    server.play({ default: reply })
    const played = await playStep(subject, server, folder, {
      meanwhile: async (stop) => {
        await server.received(1)
        stop.abort()
      },
    })
    expectSound(played)
    expect(played.result.status).toBe('cancelled')
    expect(played.elapsedMs).toBeLessThan(15_000)
    await until(() => server.requests[0]?.closedByClient === true)
  })

  test('is cancelled while a person is asked', async () => {
    const { server, folder } = lent()
    server.play({ rules: [{ turns: [{ tools: [subject.write('a.txt', 'x')] }, { text: 'ok' }] }] })
    const played = await playStep(subject, server, folder, {
      decide: (_ask, signal) =>
        new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
      meanwhile: async (stop, { asks }) => {
        await until(() => asks.length > 0)
        stop.abort()
      },
    })
    expectSound(played)
    expect(played.result.status).toBe('cancelled')
    expect(played.elapsedMs).toBeLessThan(15_000)
    expect(await readOrNull(join(played.workspace, 'a.txt'))).toBeNull()
  })

  test('is told at its next turn what people said meanwhile', async () => {
    const { server, folder } = lent()
    server.play({ rules: [{ turns: [{ text: 'Done.' }, { text: 'In blue.' }] }] })
    const waiting = [{ author: 'Ada', body: 'Make it blue.' }]
    const played = await playStep(subject, server, folder, {
      host: { takeMessages: async () => waiting.splice(0) },
    })
    expectSound(played)
    expect(played.result).toMatchObject({ status: 'completed', text: 'In blue.' })
    expect(JSON.stringify(server.requests[1]?.body?.messages)).toContain('Make it blue.')
  })
}
