import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { AgentPhase } from '#shared/execution.ts'
import type { FakeModelServer } from '../fake-model-server/server.ts'
import { expectSound, type Played, playStep, readOrNull, type Subject } from './conformance.ts'
import { FAILURES, PHASES } from './conformance-cases.ts'

/** Silence is long after so many milliseconds: short, since it is waited for. */
const SILENT_MS = 300

/** All steps that a model's service can fail, each in every phase. */
export function testFailures(
  subject: Subject,
  lent: () => { server: FakeModelServer; folder: string },
): void {
  test.each(FAILURES)(
    '$name ends each phase as docs/providers.md says',
    async ({ name, kind: usual, reply }) => {
      const { server, folder } = lent()
      const kind = subject.kinds?.[name] ?? usual
      server.play({ default: reply(subject) })
      const play = (phase: AgentPhase) => {
        const inProcess = phase === 'development' ? undefined : subject.spawnInProcess
        return playStep(name === 'silence' ? { ...subject, idleMs: SILENT_MS } : subject, server, folder, {
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
    },
  )
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
