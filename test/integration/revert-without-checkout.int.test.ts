import { rm, writeFile } from 'node:fs/promises'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { followExecution } from '#electron/services/follow-execution.ts'
import type { ExecutionId } from '#shared/ids.ts'
import { gitIn } from '../helpers/git-fixture.ts'
import { openCard, openSumApp, type SumApp, toTheEnd } from '../helpers/sum-app.ts'

/** A merge that is taken back where the work cannot be checked out again: as when the disk is full. */
let sum: SumApp
let id: ExecutionId

beforeEach(async () => {
  sum = await openSumApp()
  const { task } = await openCard(sum)
  ;({ id } = await sum.app.api.executions.start({ task_id: task.id }))
  await toTheEnd(sum.app, id)
  await sum.app.api.executions.merge({ id })
})
afterEach(() => sum[Symbol.asyncDispose]())

const inMain = () => gitIn(sum.repo, 'show', 'main:sum.js')

/** Takes the merge back while no folder for workspaces can be made. */
async function revert() {
  const { app } = sum
  const root = app.ctx.config.workspaceRoot
  await rm(root, { recursive: true })
  await writeFile(root, 'in the way')
  const reverted = await app.api.executions.revertMerge({ id })
  await rm(root)
  return reverted
}

async function notices(): Promise<string[]> {
  const { last_sequence } = await sum.app.api.executions.get({ id })
  const said: string[] = []
  for await (const { body, sequence } of followExecution(sum.app.ctx, id, 0, AbortSignal.timeout(20_000))) {
    if (body.type === 'notice') said.push(body.text)
    if (sequence >= last_sequence) break
  }
  return said
}

it('the work stays where it can be found: on the card, in the inbox, under a hidden ref', async () => {
  const { branch, kept_ref } = await revert()
  expect(branch).toBeNull()
  expect(await inMain()).not.toContain('Number(a)')
  expect(await gitIn(sum.repo, 'show', `${kept_ref}:sum.js`)).toContain('Number(a)')
  expect(await notices()).toContainEqual(expect.stringContaining(kept_ref))
  const [newest] = await sum.app.api.notifications.list({})
  expect(newest).toMatchObject({
    kind: 'needs_input',
    execution_id: id,
    body: expect.stringContaining(kept_ref),
  })
  expect((await sum.app.api.executions.diff({ id })).files).toMatchObject([{ path: 'sum.js' }])
})

it('it can be merged again as it is', async () => {
  await revert()
  expect(await sum.app.api.executions.previewMerge({ id })).toMatchObject({ state: 'ready' })
  await sum.app.api.executions.merge({ id })
  expect(await inMain()).toContain('Number(a)')
})

it('agents go on with it, on top of what others have done since', async () => {
  await revert()
  const { app, repo } = sum
  await gitIn(repo, 'commit', '--quiet', '--allow-empty', '-m', 'of others')
  const { last_sequence } = await app.api.executions.get({ id })
  await app.api.executions.requestChanges({ execution_id: id, summary: 'Once more.', comments: [] })
  expect((await toTheEnd(app, id, last_sequence)).end).toMatchObject({ status: 'completed' })
  await app.api.executions.merge({ id })
  expect(await inMain()).toContain('Number(a)')
})
