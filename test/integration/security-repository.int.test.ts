import { chmod, readFile, rm, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { createProviders } from '#electron/providers/registry.ts'
import { followExecution } from '#electron/services/follow-execution.ts'
import { isActive } from '#shared/execution.ts'
import type { ExecutionId } from '#shared/ids.ts'
import { type FakeModelServer, startFakeModelServer } from '../fake-model-server/server.ts'
import { refusalOf } from '../helpers/factories.ts'
import { commitAll, gitIn, makeRepository, temporaryFolder, writeFiles } from '../helpers/git-fixture.ts'
import { openTestApp, type TestApp } from '../helpers/test-app.ts'
import { APPROVED } from '../helpers/two-rounds.ts'

let model: FakeModelServer
let app: TestApp
let folder: { path: string; remove: () => Promise<void> }
let repo: string
let first: string
let second: string

beforeEach(async () => {
  folder = await temporaryFolder()
  repo = await makeRepository(path.join(folder.path, 'repo'), { 'a.txt': 'a\n', '.gitignore': 'private\n' })
  first = await gitIn(repo, 'rev-parse', 'HEAD')
  await writeFiles(repo, { 'a.txt': 'b\n' })
  second = await commitAll(repo, 'Second')
  await writeFiles(repo, { 'a.txt': 'stashed\n' })
  await gitIn(repo, 'stash')
  await gitIn(repo, 'config', 'remote.origin.url', 'https://me:hunter2@example.com/x.git')
  await writeFile(path.join(repo, '.git/hooks/pre-push'), '#!/bin/sh\nexit 0\n')
  await chmod(path.join(repo, '.git/hooks/pre-push'), 0o755)
  model = await startFakeModelServer()
  app = await openTestApp({
    // As on a system that offers no sandbox: within one, none of this can be done.
    env: { RANGERS_AGENT_SANDBOX: 'off', RANGERS_PERMISSION_MODE: 'full' },
    providers: createProviders({
      credentials: { key: () => 'sk-ant-test-0123456789' },
      baseUrl: model.url,
      delay: async (_ms, signal) => signal.throwIfAborted(),
    }),
  })
})
afterEach(async () => {
  await app[Symbol.asyncDispose]()
  await model.close()
  await folder.remove()
})

/** An agent that runs these lines; gives what was found afterwards, by name. */
async function afterRunning(lines: string, check: string | null = null) {
  model.play({
    rules: [
      {
        match: { system: 'developer' },
        turns: [{ tools: [{ name: 'run_command', input: { command: lines } }] }, { text: 'Done.' }],
      },
      { match: { system: 'reviewer' }, reply: { json: APPROVED } },
    ],
  })
  const { board, project } = await app.api.projects.open({ path: repo })
  await app.api.projects.update({ id: project.id, check_command: check })
  await app.api.boards.update({ id: board.id, settings: { ...board.settings, clarity: false } })
  const { columns } = await app.api.boards.get({ id: board.id })
  const column = columns[0]
  if (!column) throw new Error('no column')
  const task = await app.api.tasks.create({ board_id: board.id, column_id: column.id, title: 'Mend' })
  const { id } = await app.api.executions.start({ task_id: task.id, workflow_type: 'quick_development' })
  const told = await toTheEnd(id)
  const changes = await app.api.executions.repositoryChanges({ id })
  const named = (name: string) => {
    const change = changes.find((one) => one.name === name)
    if (!change) throw new Error(`no change of ${name}: ${changes.map((one) => one.name)}`)
    return change
  }
  return { id, changes, named, told }
}

async function toTheEnd(id: ExecutionId): Promise<string[]> {
  const told: string[] = []
  for await (const { body } of followExecution(app.ctx, id, 0, AbortSignal.timeout(25_000))) {
    if (body.type === 'notice') told.push(body.text)
    if (body.type === 'status' && !isActive(body.status)) break
  }
  await app.ctx.orchestrator.settled(id)
  return told
}

const undo = (id: string) => app.api.executions.undoRepositoryChange({ id })

it('work that stays on its own branch is no news', async () => {
  const { changes, told } = await afterRunning(
    'echo x > x.txt; git add x.txt; git commit -q -m "by the agent"; git tag -l',
  )
  expect(changes).toEqual([])
  expect(told.filter((text) => text.includes('outside'))).toEqual([])
})

it('a moved branch, a new one and a deleted tag are reported, and put back', async () => {
  await gitIn(repo, 'tag', 'v1')
  const { changes, named, told } = await afterRunning(
    `git update-ref refs/heads/main ${first}; git branch evil; git tag -d v1`,
  )
  expect(changes).toHaveLength(3)
  expect(named('refs/heads/main')).toMatchObject({
    kind: 'ref',
    before: second,
    after: first,
    undone_at: null,
  })
  expect(told.join()).toContain('Changed outside this work’s own branch')
  for (const { id } of changes) expect((await undo(id)).undone_at).toBeInstanceOf(Date)
  expect(await gitIn(repo, 'rev-parse', 'main', 'v1')).toBe(`${second}\n${second}`)
  expect(await gitIn(repo, 'branch', '--list', 'evil')).toBe('')
  expect(await gitIn(repo, 'status', '--porcelain')).toBe('')
  expect(await refusalOf(undo(named('refs/heads/main').id))).toMatchObject({ detail: { error: 'UNDONE' } })
})

it('what a person has changed again since is left to them', async () => {
  const { named } = await afterRunning(`git update-ref refs/heads/main ${first}`)
  await writeFiles(repo, { 'c.txt': 'c\n' })
  const third = await commitAll(repo, 'Third')
  const refused = await refusalOf(undo(named('refs/heads/main').id))
  expect(refused).toMatchObject({ detail: { error: 'CHANGED_SINCE' } })
  expect(await gitIn(repo, 'rev-parse', 'main')).toBe(third)
})

it('a stash that was dropped is put back, one that was added is taken away and kept', async () => {
  const dropped = await gitIn(repo, 'rev-parse', 'stash@{0}')
  const { id, changes } = await afterRunning('git stash drop; echo mine > a.txt; git stash')
  expect(changes.map((change) => change.kind)).toEqual(['stash', 'stash'])
  const added = changes.find((change) => change.before === null)?.after ?? ''
  for (const change of changes) await undo(change.id)
  expect(await gitIn(repo, 'stash', 'list', '--format=%H')).toBe(dropped)
  expect(await gitIn(repo, 'for-each-ref', `refs/rangers/${id}`)).toContain(added)
})

it('a hook and settings that would run programs are reported without passwords, and put back', async () => {
  const { changes, named } = await afterRunning(
    [
      'd=$(git rev-parse --git-common-dir)',
      'echo "touch /tmp/pwned" > $d/hooks/post-commit; echo changed > $d/hooks/pre-push',
      'git config core.fsmonitor "touch /tmp/pwned"',
      'git config core.sshCommand evil; git config alias.st "!evil"',
      'git config remote.origin.url https://me:hunter2@evil.example/x.git',
      'echo "* filter=x" > $d/info/attributes',
    ].join('\n'),
  )
  expect(changes.map((change) => change.name).sort()).toEqual([
    'alias.st',
    'core.fsmonitor',
    'core.sshcommand',
    'hooks/post-commit',
    'hooks/pre-push',
    'info/attributes',
    'remote.origin.url',
  ])
  expect(named('remote.origin.url')).toMatchObject({
    before: 'https://[hidden]@example.com/x.git',
    after: 'https://[hidden]@evil.example/x.git',
  })
  expect(JSON.stringify(changes)).not.toContain('hunter2')
  for (const change of changes) await undo(change.id)
  expect(await gitIn(repo, 'config', '--local', '--get', 'remote.origin.url')).toBe(
    'https://me:hunter2@example.com/x.git',
  )
  expect(await gitIn(repo, 'config', '--local', '--list')).not.toMatch(/fsmonitor|sshcommand|alias/)
  expect(await readFile(path.join(repo, '.git/hooks/pre-push'), 'utf8')).toBe('#!/bin/sh\nexit 0\n')
  expect((await stat(path.join(repo, '.git/hooks/pre-push'))).mode & 0o777).toBe(0o755)
  await expect(stat(path.join(repo, '.git/hooks/post-commit'))).rejects.toThrow()
  await expect(stat(path.join(repo, '.git/info/attributes'))).rejects.toThrow()
})

it('a checkout of the person that was switched is put back on its branch', async () => {
  const { named } = await afterRunning(
    `git branch evil ${second}; git -C ${repo} symbolic-ref HEAD refs/heads/evil`,
  )
  expect(named(repo)).toMatchObject({ kind: 'head', before: 'refs/heads/main', after: 'refs/heads/evil' })
  await undo(named(repo).id)
  expect(await gitIn(repo, 'branch', '--show-current')).toBe('main')
})

it('a checkout that was removed is made again, and one that was added is taken away', async () => {
  const [side, extra] = [path.join(folder.path, 'side'), path.join(folder.path, 'extra')]
  await gitIn(repo, 'worktree', 'add', '--quiet', '-b', 'side', side, first)
  const { changes, named } = await afterRunning(
    `git worktree remove ${side}; git worktree add --quiet -b stray ${extra} ${first}; git -C ${extra} switch --detach`,
  )
  expect(changes.map(({ kind, name }) => `${kind} ${name}`)).toEqual(
    expect.arrayContaining([`head ${side}`, `head ${extra}`, 'ref refs/heads/stray']),
  )
  expect(changes).toHaveLength(3)
  await writeFiles(extra, { 'note.txt': 'mine' })
  expect(await refusalOf(undo(named(extra).id))).toMatchObject({ detail: { error: 'CHECKOUT_IN_USE' } })
  await rm(path.join(extra, 'note.txt'))
  for (const { id } of changes) await undo(id)
  expect(await gitIn(side, 'status', '--porcelain', '--branch')).toBe('## side')
  const list = await gitIn(repo, 'worktree', 'list', '--porcelain')
  expect(list).toContain(side)
  expect(list).not.toContain(extra)
})

it('what the checks do, which run what an agent has written, is found as well', async () => {
  const { changes, named } = await afterRunning(
    'echo "echo evil > $(git rev-parse --git-common-dir)/hooks/post-merge" > check.sh',
    'sh check.sh',
  )
  expect(changes.map(({ name }) => name)).toEqual(['hooks/post-merge'])
  await undo(named('hooks/post-merge').id)
  await expect(stat(path.join(repo, '.git/hooks/post-merge'))).rejects.toThrow()
})
