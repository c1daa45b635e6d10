import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { AgentPhase } from '#shared/execution.ts'
import type { Reply } from '../fake-model-server/scenario.ts'
import type { FakeModelServer } from '../fake-model-server/server.ts'
import { expectSound, PHASES, type Played, playStep, readOrNull, type Subject } from './conformance.ts'

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

/** Silence is long after so many milliseconds: short, since it is waited for. */
const SILENT_MS = 300

/** All steps that a model's service can fail, each in every phase. */
export function testFailures(
  subject: Subject,
  lent: () => { server: FakeModelServer; folder: string },
): void {
  test.each(FAILURES)('%s ends each phase as %s', async (what, usual, reply) => {
    const { server, folder } = lent()
    const kind = subject.kinds?.[what] ?? usual
    server.play({ default: reply(subject) })
    const play = (phase: AgentPhase) => {
      const inProcess = phase === 'development' ? undefined : subject.spawnInProcess
      return playStep(what === 'silence' ? { ...subject, idleMs: SILENT_MS } : subject, server, folder, {
        phase,
        ...(inProcess ? { spawn: () => inProcess } : {}),
      })
    }
    for (const [phase, played] of await playAll(subject, play)) {
      expectSound(played)
      expect({ phase, ...played.result }).toMatchObject(
        kind === 'completed' ? { phase, status: kind } : { phase, status: 'failed', failure: { kind } },
      )
      expect(await readOrNull(join(played.workspace, 'x.txt'))).toBeNull()
      expect(JSON.stringify(played)).not.toMatch(/sk-ant-secret|token-of-this-execution/)
    }
  })
}

async function playAll(
  { atOnce = PHASES.length }: Subject,
  play: (phase: AgentPhase) => Promise<Played>,
): Promise<[AgentPhase, Played][]> {
  const all: [AgentPhase, Played][] = []
  for (let from = 0; from < PHASES.length; from += atOnce) {
    const some = PHASES.slice(from, from + atOnce)
    all.push(
      ...(await Promise.all(
        some.map(async (phase): Promise<[AgentPhase, Played]> => [phase, await play(phase)]),
      )),
    )
  }
  return all
}
