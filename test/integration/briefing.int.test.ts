import { symlink } from 'node:fs/promises'
import path from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { relevantFiles } from '#electron/orchestrator/briefing/relevant-files.ts'
import { listRepository } from '#electron/orchestrator/briefing/workspace-reader.ts'
import { makeRepository, temporaryFolder, writeFiles } from '../helpers/git-fixture.ts'

let folder: { path: string; remove: () => Promise<void> }
beforeEach(async () => {
  folder = await temporaryFolder()
})
afterEach(() => folder.remove())

const signal = new AbortController().signal

it('the files of a card are found among 5,000 within two seconds', async () => {
  const files = Object.fromEntries(
    Array.from({ length: 5_000 }, (_, index) => [
      `packages/part-${index % 50}/src/module-${index}.ts`,
      `/** Module ${index}. */\nexport function doThing${index}() {}\n`.repeat(10),
    ]),
  )
  files['packages/part-7/src/price-list.ts'] = "import './module-7.ts'\nexport const roundTotals = 1\n"
  files['packages/part-7/test/price-list.test.ts'] = 'export {}\n'
  const repo = await makeRepository(path.join(folder.path, 'big'), files)
  const started = performance.now()
  const paths = await listRepository(repo, signal)
  const found = await relevantFiles(
    repo,
    paths,
    ['Mend `roundTotals`', 'See price-list.ts and doThing4711.'],
    signal,
  )
  expect(performance.now() - started).toBeLessThan(2_000)
  expect(found.targets.map((file) => file.path)).toEqual(['packages/part-7/src/price-list.ts'])
  expect(found.others.map((file) => file.path)).toEqual(
    expect.arrayContaining([
      'packages/part-7/test/price-list.test.ts',
      'packages/part-7/src/module-7.ts',
      'packages/part-11/src/module-4711.ts',
    ]),
  )
})

it('nothing outside the workspace is read, whatever links and mentions say', async () => {
  await writeFiles(folder.path, { 'secret.ts': '/** The password is 1234. */\n' })
  const repo = await makeRepository(path.join(folder.path, 'repo'), { 'a.ts': 'export {}\n' })
  await symlink(path.join(folder.path, 'secret.ts'), path.join(repo, 'link.ts'))
  await symlink('/etc', path.join(repo, 'system'))
  const paths = await listRepository(repo, signal)
  const found = await relevantFiles(
    repo,
    paths,
    ['See link.ts, ../secret.ts, system/passwd and /etc/passwd'],
    signal,
  )
  expect(JSON.stringify(found)).not.toContain('1234')
  expect(found.targets.map(({ path: name, about }) => [name, about])).toContainEqual([
    'link.ts',
    'It is no readable text.',
  ])
  expect(found.missing).toEqual([])
})
