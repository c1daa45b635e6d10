import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Reply } from '../fake-model-server/scenario.ts'
import { type FakeModelServer, startFakeModelServer } from '../fake-model-server/server.ts'
import { expectSound, PHASES, playStep, readOrNull, type Subject, until } from './conformance.ts'
import { temporaryFolder } from './git-fixture.ts'

/** Every failure of research/agents.md §1, and what each provider must call it. */
const FAILURES: [name: string, kind: string, reply: (subject: Subject) => Reply][] = [
  ['401', 'auth', () => ({ error: { type: 'authentication_error' } })],
  [
    '429 with a long retry-after',
    'rate_limit',
    () => ({ error: { type: 'rate_limit_error' }, headers: { 'retry-after': '600' } }),
  ],
  ['500', 'server', () => ({ error: { type: 'api_error' } })],
  ['529', 'overloaded', () => ({ error: { type: 'overloaded_error' } })],
  [
    'a cut connection',
    'network',
    () => ({ text: 'Never complete', chunkChars: 3, cut: { afterEvents: 5, how: 'destroy' } }),
  ],
  [
    'a stream that ends midway',
    'network',
    () => ({ text: 'Never complete', chunkChars: 3, cut: { afterEvents: 5, how: 'end' } }),
  ],
  ['silence', 'timeout', () => ({ text: 'This stops', chunkChars: 3, stall: { afterEvents: 4 } })],
  [
    'a refusal',
    'refusal',
    (subject) => ({
      text: 'No.',
      ...(subject.refusesWithTools === false ? {} : { tools: [subject.write('x.txt', 'x')] }),
      stop_reason: 'refusal',
    }),
  ],
  [
    'truncated tool input',
    'max_tokens',
    (subject) => ({
      tools: [
        {
          name: subject.write('x.txt', 'x').name,
          rawInput: '{"command":"create","path":"x.txt","file_text":"ab',
        },
      ],
      stop_reason: 'max_tokens',
    }),
  ],
  [
    'malformed JSON',
    'bad_output',
    (subject) => ({ tools: [{ name: subject.write('x.txt', 'x').name, rawInput: '{"path": nonsense!' }] }),
  ],
]

/** What every provider that asks a model must do, whoever does the thinking; skipped where `isThere` is false. */
export function testConformance(subject: Subject, isThere = true): void {
  describe.skipIf(!isThere)(subject.name, () => {
    let folder: string
    let remove: () => Promise<void>
    let server: FakeModelServer

    beforeEach(async () => {
      ;({ path: folder, remove } = await temporaryFolder())
      server = await startFakeModelServer()
    })
    afterEach(async () => {
      await server.close()
      await remove()
    })

    test('does a step with tools, and tells it', async () => {
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
    })

    test('what a person refuses is not done, and the agent is told why', async () => {
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
      server.play({
        rules: [{ turns: [{ tools: [subject.write('../out.txt', 'x')] }, { text: 'Then not.' }] }],
      })
      const played = await playStep(subject, server, folder, { decide: async () => ({ allow: true }) })
      expectSound(played)
      expect(await readOrNull(join(folder, 'out.txt'))).toBeNull()
    })

    test.each(['clarity', 'architecture', 'review'] as const)(
      'a step of %s changes nothing',
      async (phase) => {
        server.play({ rules: [{ turns: [{ tools: [subject.write('a.txt', 'x')] }, { text: 'Then not.' }] }] })
        const played = await playStep(subject, server, folder, { phase })
        expectSound(played)
        expect(played.result.status).toBe('completed')
        expect(await readOrNull(join(played.workspace, 'a.txt'))).toBeNull()
      },
    )

    test.each(FAILURES)('%s ends each phase as %s', async (what, usual, reply) => {
      const kind = subject.kinds?.[what] ?? usual
      server.play({ default: reply(subject) })
      const all = await Promise.all(
        (subject.phases ?? PHASES).map((phase) => playStep(subject, server, folder, { phase })),
      )
      for (const played of all) {
        expectSound(played)
        expect(played.result).toMatchObject(
          kind === 'completed' ? { status: kind } : { status: 'failed', failure: { kind } },
        )
        expect(await readOrNull(join(played.workspace, 'x.txt'))).toBeNull()
        expect(JSON.stringify(played)).not.toMatch(/sk-ant-secret|token-of-this-execution/)
      }
    })

    test('is cancelled before it begins', async () => {
      const played = await playStep(subject, server, folder, { meanwhile: async (stop) => stop.abort() })
      expectSound(played)
      expect(played.result.status).toBe('cancelled')
      expect(server.requests).toHaveLength(0)
    })

    test.each([
      ['before the model answers', { hang: true }],
      ['while the model speaks', { text: 'This stops', chunkChars: 3, stall: { afterEvents: 4 } }],
    ])('is cancelled %s, and its call is cut', async (_when, reply) => {
      server.play({ default: reply })
      const played = await playStep(subject, server, folder, {
        meanwhile: async (stop) => {
          await server.received(1)
          stop.abort()
        },
      })
      expectSound(played)
      expect(played.result.status).toBe('cancelled')
      expect(played.elapsedMs).toBeLessThan(5000)
      await until(() => server.requests[0]?.closedByClient === true)
    })

    test('is cancelled while a person is asked', async () => {
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
      expect(played.elapsedMs).toBeLessThan(5000)
      expect(await readOrNull(join(played.workspace, 'a.txt'))).toBeNull()
    })

    test('is cancelled while a command runs, and the command ends with it', async () => {
      server.play({ rules: [{ turns: [{ tools: [subject.sleep()] }, { text: 'ok' }] }] })
      const played = await playStep(subject, server, folder, {
        meanwhile: async (stop, { events }) => {
          await until(() => events.some((event) => event.type === 'tool' && event.kind === 'execute'))
          stop.abort()
        },
      })
      expectSound(played)
      expect(played.result.status).toBe('cancelled')
      expect(played.elapsedMs).toBeLessThan(5000)
    })

    test('is told at its next turn what people said meanwhile', async () => {
      server.play({ rules: [{ turns: [{ text: 'Done.' }, { text: 'In blue.' }] }] })
      const waiting = [{ author: 'Ada', body: 'Make it blue.' }]
      const played = await playStep(subject, server, folder, {
        host: { takeMessages: async () => waiting.splice(0) },
      })
      expectSound(played)
      expect(played.result).toMatchObject({ status: 'completed', text: 'In blue.' })
      expect(JSON.stringify(server.requests[1]?.body?.messages)).toContain('Make it blue.')
    })

    test('never rejects: a workspace that is gone is a failure', async () => {
      const played = await playStep(subject, server, folder, { more: { workspace: join(folder, 'nowhere') } })
      expectSound(played)
      expect(played.result).toMatchObject({ status: 'failed', failure: { kind: 'workspace' } })
    })
  })
}
