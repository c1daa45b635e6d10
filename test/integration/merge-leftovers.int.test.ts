import { mkdir, readdir } from 'node:fs/promises'
import path from 'node:path'
import { expect, it } from 'vitest'
import { eachOnSumApp } from '../helpers/each-sum-app.ts'
import { writeFiles } from '../helpers/git-fixture.ts'
import { openCard, type SumApp, toTheEnd } from '../helpers/sum-app.ts'
import { SUM_REPOSITORY } from '../helpers/two-rounds.ts'

let sum: SumApp
eachOnSumApp((made) => {
  sum = made
})

it.each(['a plain folder', 'a repository'])(
  'what a person adds to the work, and looks at before the merge, goes out of %s again with its revert',
  async (what) => {
    if (what === 'a plain folder') {
      sum.repo = path.join(sum.folder, 'plain')
      await mkdir(sum.repo)
      await writeFiles(sum.repo, SUM_REPOSITORY)
    }
    const { executions } = sum.app.api
    const { task } = await openCard(sum)
    const { id } = await executions.start({ task_id: task.id })
    const { workspace_path } = (await toTheEnd(sum.app, id)).end
    await writeFiles(workspace_path ?? '', { 'by-hand.md': 'mine' })
    expect(await executions.previewMerge({ id })).toMatchObject({ state: 'ready' })
    await executions.merge({ id })
    expect(await readdir(sum.repo)).toContain('by-hand.md')
    const changed = async () => (await executions.diff({ id })).files.map((file) => file.path)
    expect(await changed()).toEqual(['by-hand.md', 'sum.js'])
    const preview = await executions.previewRevertMerge({ id })
    expect(preview).toMatchObject({ state: 'ready', files: ['by-hand.md', 'sum.js'] })
    await executions.revertMerge({ id })
    expect(await readdir(sum.repo)).not.toContain('by-hand.md')
    expect(await changed()).toEqual(['by-hand.md', 'sum.js'])
  },
)
