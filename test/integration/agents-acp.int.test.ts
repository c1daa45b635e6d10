import { mkdir } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { spawnConfined } from '#electron/orchestrator/confined.ts'
import { openContainment } from '#electron/platform/containment.ts'
import { createAcpProvider } from '#electron/providers/acp/acp.ts'
import type { AcpAgent } from '#electron/providers/acp/agent.ts'
import { copilot } from '#electron/providers/acp/agents/copilot.ts'
import { opencode } from '#electron/providers/acp/agents/opencode.ts'
import { createProviders } from '#electron/providers/registry.ts'
import type { FakeModelServer } from '../fake-model-server/server.ts'
import {
  expectSound,
  type PlayOptions,
  playStep,
  readOrNull,
  type Subject,
  until,
} from '../helpers/conformance.ts'
import { gitIn, makeRepository } from '../helpers/git-fixture.ts'
import { eachWithModel } from '../helpers/model-folder.ts'
import { KEY, openCard, toTheEnd } from '../helpers/sum-app.ts'
import { modulesOf } from '../helpers/test-agents.ts'
import { openTestApp } from '../helpers/test-app.ts'
import { APPROVED, SUM_REPOSITORY } from '../helpers/two-rounds.ts'

const MENDED = 'export const sum = (a, b) => a + b'

/** Real agents of others, end to end against the fake model server; `npm run test:agents` installs and runs them. */
const AGENTS: {
  agent: AcpAgent
  npm: string
  program: (modules: string) => string
  write: Subject['write']
  shell: (command: string) => ReturnType<Subject['write']>
}[] = [
  {
    agent: opencode,
    npm: 'opencode-ai',
    // Installed without scripts, so that its own link to this is missing.
    program: (modules) => join(modules, `opencode-${process.platform}-${process.arch}`, 'bin', 'opencode'),
    write: (path, text) => ({ name: 'write', input: { filePath: path, content: text } }),
    shell: (command) => ({ name: 'bash', input: { command, description: 'Runs it' } }),
  },
  {
    agent: copilot,
    npm: '@github/copilot',
    program: (modules) => join(modules, '.bin', 'copilot'),
    write: (path, text) => ({ name: 'create', input: { path, file_text: text } }),
    shell: (command) => ({
      name: 'bash',
      input: { command, description: 'Runs it', sessionId: 's1', async: false },
    }),
  },
]

const hasSandbox =
  (await openContainment({ mode: 'auto', dataFolder: '/', instanceId: 'probe' }).sandbox.kind()) !== 'none'

let folder: string
let server: FakeModelServer
eachWithModel((made) => ({ folder, server } = made))

describe.each(AGENTS)('$npm', ({ agent, npm, program, write, shell }) => {
  const modules = modulesOf(npm)
  const subject: Subject = {
    name: npm,
    async provider(_server, agents) {
      await mkdir(agents, { recursive: true })
      const path = program(modules ?? '')
      return createAcpProvider(agent, {
        folder: agents,
        find: async () => ({ path, version: null }),
        hasKey: () => true,
        newId: () => crypto.randomUUID(),
        version: '0.0.0',
      })
    },
    write,
    sleep: () => shell('sleep 600'),
    idleMs: 20_000,
  }

  /** The agent's model asks for these tools, one a turn, then says that it is done. */
  const play = (...calls: ReturnType<Subject['write']>[]) =>
    server.play({
      strict: false,
      rules: [
        {
          match: { tool: write('x', 'x').name },
          turns: [...calls.map((call) => ({ text: 'I do it. ', tools: [call] })), { text: 'All done.' }],
        },
      ],
      default: { text: 'A title' },
    })

  describe.skipIf(modules === null)('installed by npm run test:agents', { timeout: 240_000 }, () => {
    test('really does a task: a file is written and a command run, each after it was allowed', async () => {
      const played = await playStep(subject, server, folder, {
        before: (workspace) => play(write(join(workspace, 'a.txt'), 'done\n'), shell('cat a.txt > b.txt')),
      })
      expectSound(played)
      expect(played.result).toMatchObject({ status: 'completed', text: 'All done.', costIsEstimate: false })
      expect(await readOrNull(join(played.workspace, 'a.txt'))).toBe('done\n')
      expect(await readOrNull(join(played.workspace, 'b.txt'))).toBe('done\n')
      expect(played.asks.map((ask) => ask.kind)).toEqual(['edit', 'execute'])
      expect(played.asks).toMatchObject([{ paths: ['a.txt'] }, { detail: 'cat a.txt > b.txt' }])
      expect(played.events).toContainEqual(
        expect.objectContaining({
          type: 'tool',
          kind: 'edit',
          status: 'done',
          diff: expect.stringContaining('+done'),
        }),
      )
      expect(server.requests.every((request) => request.credential === '23 characters')).toBe(true)
    })

    test.runIf(hasSandbox)('does it in the system’s sandbox too, and writes nowhere else', async () => {
      const outside = join(folder, 'outside.txt')
      const played = await playStep(subject, server, folder, {
        before: (workspace) =>
          play(
            write(join(workspace, 'a.txt'), 'done\n'),
            shell(`cat a.txt > b.txt; echo x > '${outside}'; echo x > ~/outside.txt; true`),
          ),
        spawn: (_start, { executionId, workspace, stop }) => {
          const containment = openContainment({ mode: 'auto', dataFolder: folder, instanceId: 'agents' })
          const ctx = { instanceId: 'agents', config: { dataFolder: folder }, containment }
          const place = { workspace: { path: workspace }, row: { id: executionId } }
          return async (...wanted) => {
            const started = await spawnConfined(ctx as never, place as never, wanted, stop.signal)
            return { ...started, kill: async () => void (await started.kill()) }
          }
        },
      })
      expectSound(played)
      expect(played.result).toMatchObject({ status: 'completed', text: 'All done.' })
      expect(await readOrNull(join(played.workspace, 'b.txt'))).toBe('done\n')
      expect(await readOrNull(outside)).toBeNull()
      expect(await readOrNull(join(homedir(), 'outside.txt'))).toBeNull()
    })

    test('does a card: in its worktree, in the sandbox, through the gateway, each call counted', async () => {
      const repo = await makeRepository(join(folder, 'sum'), SUM_REPOSITORY)
      await using app = await openTestApp({
        env: { ANTHROPIC_API_KEY: KEY, ANTHROPIC_BASE_URL: server.url },
        providers: createProviders({
          credentials: { key: () => KEY },
          baseUrl: server.url,
          folder: join(folder, 'agents'),
          agents: [{ ...agent, program: program(modules ?? '') }],
        }),
      })
      server.play({
        apiKeys: [KEY],
        strict: false,
        rules: [
          { match: { firstUser: 'You are the reviewer' }, reply: { text: JSON.stringify(APPROVED) } },
          {
            match: { tool: write('x', 'x').name },
            turns: [{ tools: [shell(`echo '${MENDED}' > sum.js`)] }, { text: 'Mended.' }],
          },
        ],
        default: { text: 'A title' },
      })
      const { board, task } = await openCard({ app, repo })
      const settings = { ...board.settings, clarity: false, permission_mode: 'full' as const }
      await app.api.boards.update({ id: board.id, settings })
      const wanted = { task_id: task.id, workflow_type: 'quick_development', provider: agent.id } as const
      const { id } = await app.api.executions.start(wanted)
      const { end, events } = await toTheEnd(app, id, 0, 200_000)
      expect([end.status, end.error_message]).toEqual(['completed', null])
      expect(await gitIn(repo, 'show', `${end.branch}:sum.js`)).toBe(MENDED)
      expect(end.sandbox === 'none').toBe(!hasSandbox)
      expect(end.cost_is_estimate).toBe(false)
      const { rows } = await app.ctx.db.execute(
        sql`select count(*)::int as calls from model_calls where execution_id = ${id} and not is_estimate`,
      )
      expect(rows).toEqual([{ calls: server.requests.length }])
      expect(JSON.stringify(events)).not.toContain(KEY)
    })

    test('is told no, and leaves the file alone', async () => {
      const played = await playStep(subject, server, folder, {
        before: (workspace) => play(write(join(workspace, 'a.txt'), 'done\n')),
        decide: async () => ({ allow: false, message: 'Not that file.' }),
      })
      expectSound(played)
      expect(played.result.status).toBe('completed')
      expect(await readOrNull(join(played.workspace, 'a.txt'))).toBeNull()
    })

    test('is refused a file outside its workspace without a question', async () => {
      const played = await playStep(subject, server, folder, {
        before: () => play(write(join(folder, 'out.txt'), 'x')),
      })
      expectSound(played)
      expect(await readOrNull(join(folder, 'out.txt'))).toBeNull()
    })

    test('does not hide that its service refuses the key', async () => {
      server.play({ strict: false, default: { error: { type: 'authentication_error' } } })
      const played = await playStep(subject, server, folder)
      expectSound(played)
      expect(played.result).toMatchObject({ status: 'failed', failure: { kind: 'auth' } })
    })

    const untilItRuns: PlayOptions['meanwhile'] = async (stop, { asks, events }) => {
      await until(
        () => asks.length > 0 && events.some((event) => event.type === 'tool' && event.kind === 'execute'),
      )
      stop.abort()
    }

    test('is cancelled while its command runs, and nothing of it is left', async () => {
      play(shell('sleep 600'))
      const played = await playStep(subject, server, folder, { meanwhile: untilItRuns })
      expectSound(played)
      expect(played.result.status).toBe('cancelled')
      expect(played.elapsedMs).toBeLessThan(15_000)
    })

    test('goes on with its conversation after a crash', async () => {
      play(shell('sleep 600'))
      const executionId = 'goes-on'
      const first = await playStep(subject, server, folder, { meanwhile: untilItRuns, more: { executionId } })
      const sessionId = first.result.sessionId ?? ''
      play()
      const second = await playStep(subject, server, folder, {
        more: { executionId, sessionId, prompt: 'Go on.', workspace: first.workspace },
      })
      expectSound(second)
      expect(second.result).toMatchObject({ status: 'completed', sessionId })
      expect(JSON.stringify(server.requests.at(-1)?.body?.messages)).toContain('Mend the sum')
    })
  })
})
