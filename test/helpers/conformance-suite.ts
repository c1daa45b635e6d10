import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type FakeModelServer, startFakeModelServer } from '../fake-model-server/server.ts'
import { expectSound, playStep, readOrNull, type Subject, until } from './conformance.ts'
import { testFailures } from './conformance-failures.ts'
import { testModel } from './conformance-model.ts'
import { temporaryFolder } from './git-fixture.ts'

/** What every provider must do, whoever does the thinking; skipped where `isThere` is false. */
export function testConformance(subject: Subject, isThere = true): void {
  describe.skipIf(!isThere)(subject.name, { timeout: 120_000 }, () => {
    let folder: string
    let remove: () => Promise<void>
    let server: FakeModelServer

    beforeAll(async () => {
      ;({ path: folder, remove } = await temporaryFolder())
      server = await startFakeModelServer()
    })
    afterAll(async () => {
      await server.close()
      await remove()
    })

    const { asksModel = true, onlyItsFailures = false } = subject
    if (asksModel) testFailures(subject, () => ({ server, folder }))
    if (onlyItsFailures) return
    if (asksModel) testModel(subject, () => ({ server, folder }))

    test('says what it is, and that it is there', async () => {
      const provider = await subject.provider(server, join(folder, 'agents'))
      const { message, ...status } = await provider.status()
      expect(status).toMatchObject({ id: provider.id, available: true, is_demo: !asksModel })
      expect(message).toMatch(/^[A-Z].{10,}\.$/s)
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

    test('is cancelled before it begins', async () => {
      server.play({})
      const played = await playStep(subject, server, folder, { meanwhile: async (stop) => stop.abort() })
      expectSound(played)
      expect(played.result.status).toBe('cancelled')
      expect(server.requests).toHaveLength(0)
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
      expect(played.elapsedMs).toBeLessThan(15_000)
    })

    test('never rejects: a workspace that is gone is a failure', async () => {
      const played = await playStep(subject, server, folder, { more: { workspace: join(folder, 'nowhere') } })
      expectSound(played)
      expect(played.result).toMatchObject({ status: 'failed', failure: { kind: 'workspace' } })
    })
  })
}
