import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type FakeModelServer, startFakeModelServer } from '../fake-model-server/server.ts'
import { urlOf } from '../helpers/database-url.ts'
import { makeBoard, makeTasks } from '../helpers/factories.ts'
import { gitIn, makeRepository, temporaryFolder } from '../helpers/git-fixture.ts'
import { buildRangers, type RangersPrograms, startRangers } from '../helpers/rangers-program.ts'
import { openTestApp, type TestApp } from '../helpers/test-app.ts'
import { CHECK, SUM_REPOSITORY, TWO_ROUNDS } from '../helpers/two-rounds.ts'

let programs: RangersPrograms
let model: FakeModelServer
let app: TestApp
let folder: { path: string; remove: () => Promise<void> }
let repo: string

beforeAll(async () => {
  programs = await buildRangers()
  app = await openTestApp() // the app is open on the same database all the while
})
afterAll(async () => {
  await app[Symbol.asyncDispose]()
  await programs.remove()
})
beforeEach(async () => {
  folder = await temporaryFolder()
  repo = await makeRepository(path.join(folder.path, 'sum'), SUM_REPOSITORY)
  model = await startFakeModelServer({ scenario: TWO_ROUNDS })
})
afterEach(async () => {
  await model.close()
  await folder.remove()
})

const env = () => ({
  DATABASE_URL: urlOf(app.connection),
  RANGERS_DATA_DIR: path.join(folder.path, 'data'),
  ANTHROPIC_BASE_URL: model.url,
  ANTHROPIC_API_KEY: 'sk-ant-test-0123456789',
})
const rangers = (...args: string[]) => startRangers(programs, env(), args)
const run = (...more: string[]) => runWith(CHECK, ...more)
const runWith = (check: string, ...more: string[]) =>
  rangers('run', '--repo', repo, '--title', 'Mend the sum', '--check', check, ...more)
/** It mends nothing, so only a check that passes by itself passes. */
const runDemo = (...more: string[]) => runWith('node --version', '--provider', 'scripted', ...more)

describe('rangers run', () => {
  it('does the main job: two rounds, approved, exit code 0', async () => {
    const { code, stdout, stderr } = await run().ended
    expect(stderr).toBe('')
    expect(stdout).toContain('── fix, round 2 ──')
    expect(stdout).toContain('APPROVED: Correct and tested.')
    expect(code).toBe(0)
    const branch = await gitIn(repo, 'branch', '--list', 'rangers/*', '--format=%(refname:short)')
    expect(await gitIn(repo, 'show', `${branch}:sum.js`)).toContain('Number(a)')
  })

  it('says it as JSON, one object a line, the result last; the open app has the card', async () => {
    const { code, stdout } = await run('--json').ended
    const lines = stdout.split('\n').map((line) => JSON.parse(line))
    expect(code).toBe(0)
    expect(lines.at(-1)).toMatchObject({ type: 'result', execution: { status: 'completed', iteration: 2 } })
    expect(lines.slice(0, -1).every((line) => line.type === 'event')).toBe(true)
    const { id, key } = lines.at(-1).task
    expect(await app.api.tasks.get({ id })).toMatchObject({ title: 'Mend the sum', status: 'in_review' })
    expect(key).toMatch(/^SUM\d*-1$/)
  })

  it('does it offline with the demo agent', async () => {
    const { code, stdout } = await runDemo().ended
    expect(code).toBe(0)
    expect(stdout).toContain('Demo agent')
    expect(model.requests).toEqual([])
  })

  it('ends with 2 when the agents have questions, which wait in the app', async () => {
    const questions = [{ kind: 'free_text', question: 'Which sum?', options: [] }]
    const unclear = { score: 10, summary: 'Which one?', questions }
    model.play({ rules: [{ match: { system: 'who hands out the work' }, reply: { json: unclear } }] })
    const { code, stdout } = await run().ended
    expect(stdout).toContain('It waits for a person.')
    expect(code).toBe(2)
  })

  it('ends with 2 when it needs attention', async () => {
    const rules = TWO_ROUNDS.rules
      ?.filter((rule) => rule.name !== 'approve')
      .map(({ times: _, ...rule }) => rule)
    model.play({ rules: rules ?? [] })
    const { code, stdout } = await run().ended
    expect(stdout).toContain('blocked: The reviewer still asks for changes after 3 rounds')
    expect(code).toBe(2)
  })

  it('ends with 1 and a sentence when the key is wrong', async () => {
    model.play({ ...TWO_ROUNDS, apiKeys: ['another'] })
    const { code, stdout } = await run().ended
    expect(code).toBe(1)
    expect(stdout).toMatch(/failed: .*key/)
  })

  it('stopped by Ctrl-C keeps the work and ends with 130', async () => {
    model.play({
      rules: [{ match: { system: 'Carry' }, reply: { hang: true } }, ...(TWO_ROUNDS.rules ?? [])],
    })
    const running = run()
    await running.said('development, round 1')
    running.process.kill('SIGINT')
    const { code, stdout } = await running.ended
    expect(code).toBe(130)
    expect(stdout).toContain('cancelled')
  })

  it.each([
    [
      'a path that is no folder',
      ['run', '--repo', '/nowhere/at/all', '--title', 'x'],
      /no folder|not exist|not found|nowhere/i,
    ],
    ['a title of 256 characters', ['run', '--repo', '.', '--title', 'x'.repeat(256)], /255/],
  ])('refuses %s with a sentence', async (_name, args, sentence) => {
    const { code, stderr } = await startRangers(programs, env(), args).ended
    expect(code).toBe(1)
    expect(stderr).toMatch(sentence)
    expect(stderr).not.toContain('    at ')
  })
})

describe('the other commands', () => {
  it('list boards and cards', async () => {
    await runDemo().ended
    const { stdout } = await rangers('boards', '--json').ended
    const board = JSON.parse(stdout).find((each: { project_path: string }) => each.project_path === repo)
    expect(board).toMatchObject({ name: 'sum', task_count: 1 })
    expect((await rangers('tasks', '--board', board.key).ended).stdout).toMatch(
      /Review\s+completed\s+Mend the sum/,
    )
  })

  it('doctor names what is there and how to fix the rest', async () => {
    const { code, stdout } = await rangers('doctor').ended
    expect(code).toBe(0)
    expect(stdout).toMatch(/✓ {2}git +\d+\.\d+/)
    expect(stdout).toMatch(/✓ {2}PostgreSQL +\d+/)
  })

  it.each([
    ['an unknown command', ['fly'], '“fly” is no command.'],
    ['a missing option', ['run', '--repo', '.'], '--title is missing.'],
    [
      'an unknown provider',
      ['run', '--repo', '.', '--title', 'x', '--provider', 'oracle'],
      '--provider is anthropic, claude-agent, scripted, or acp: and a name, such as acp:opencode.',
    ],
    ['an option of another command', ['boards', '--title', 'x'], '--title does not belong to “boards”.'],
  ])('%s is explained', async (_name, args, sentence) => {
    const { code, stderr } = await rangers(...args).ended
    expect(stderr).toContain(sentence)
    expect(code).toBe(64)
  })

  it('all wrong values of the configuration are named at once', async () => {
    const wrong = { ...env(), DATABASE_POOL_SIZE: 'many', LOG_LEVEL: 'loud' }
    const { code, stderr } = await startRangers(programs, wrong, ['boards']).ended
    expect(stderr).toMatch(/DATABASE_POOL_SIZE is "many": expected .*\nLOG_LEVEL is "loud": expected/)
    expect(code).toBe(1)
  })
})

describe('rangers export and import', () => {
  it('write a board into a file, and make a new one of it', async () => {
    const { board, backlog } = await makeBoard(app, 'Harbour')
    await makeTasks(app, board.id, backlog.id, ['Dredge', 'Paint'])
    const file = path.join(folder.path, 'harbour.json')
    expect((await rangers('export', board.key.toLowerCase(), file).ended).stdout).toBe(
      `2 cards of ${board.key} “Harbour” written to ${file}`,
    )
    const again = await rangers('export', board.key, file).ended
    expect([again.code, again.stderr]).toEqual([1, `“${file}” is there already. Replace it with --force.\n`])
    expect((await rangers('export', board.key, file, '--force', '--json').ended).stdout).toBe(
      JSON.stringify({ path: file, cards: 2 }),
    )
    const { code, stdout } = await rangers('import', file).ended
    expect([code, stdout]).toEqual([0, `${board.key}2  Harbour: 2 cards in 4 columns`])
  })

  it('say what was left out of a Trello board, and what is wrong with a file', async () => {
    const file = path.join(folder.path, 'trip.json')
    const trello = { name: 'Trip', lists: [{ id: 'l', name: 'Old', closed: true }], cards: [] }
    await writeFile(file, JSON.stringify(trello))
    expect((await rangers('import', file).ended).stdout).toMatch(/! Archived lists were left out\. \(1\)$/)
    expect((await rangers('import', file, '--archived', 'trash').ended).stdout).toMatch(
      /are in the trash\. \(1\)$/,
    )
    await writeFile(file, '{"lists": [')
    const { code, stderr } = await rangers('import', file).ended
    expect([code, stderr]).toEqual([1, expect.stringMatching(/^The file is cut off: .* line 1, column 12\./)])
  })
})
