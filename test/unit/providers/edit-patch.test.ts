import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { editPatch } from '#electron/providers/edit-patch.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rangers-edit-'))
  await writeFile(join(folder, 'a.txt'), 'one\ntwo\nthree\ntwo\n')
})
afterAll(() => rm(folder, { recursive: true }))

/** The changed lines, and where the first hunk stands. */
async function changed(input: unknown, path = 'a.txt') {
  const patch = await editPatch(input, folder, path)
  return patch?.split('\n').filter((line) => /^(@@|[+-](?![+-]{2}))/.test(line)) ?? null
}

it('shows an edit where it stands in the file, under the names that different agents have for it', async () => {
  const lines = ['@@ -1,4 +1,4 @@', '-one', '+1']
  expect(await changed({ old_string: 'one', new_string: '1' })).toEqual(lines)
  expect(await changed({ oldString: 'one', newString: '1' })).toEqual(lines)
  expect(await changed({ edits: [{ old_string: 'one', new_string: '1' }] })).toEqual(lines)
})

it('shows one replacement or all of them, as the agent asks, and the text as it is written', async () => {
  const edit = { old_string: 'two', new_string: '$&' }
  expect(await changed(edit)).toEqual(['@@ -1,4 +1,4 @@', '-two', '+$&'])
  expect(await changed({ ...edit, replace_all: true })).toEqual([
    '@@ -1,4 +1,4 @@',
    '-two',
    '+$&',
    '-two',
    '+$&',
  ])
})

it('shows what a file that is there would become, and the whole of a new one', async () => {
  expect(await changed({ content: 'one\ntwo\n' })).toEqual(['@@ -1,4 +1,2 @@', '-three', '-two'])
  expect(await changed({ content: 'new\n' }, 'b.txt')).toEqual(['@@ -0,0 +1,1 @@', '+new'])
})

it('shows the texts alone where they are not in the file, and nothing where there is no text', async () => {
  expect(await changed({ old_string: 'four', new_string: '4' })).toEqual(['@@ -1,1 +1,1 @@', '-four', '+4'])
  expect([await changed({ file_path: 'a.txt' }), await changed(undefined)]).toEqual([null, null])
})

it('a path cannot pretend to be a line of the change', async () => {
  expect(await editPatch({ content: 'x' }, folder, 'a\n@@ -1 +1 @@\n+y')).not.toMatch(/^\+y/m)
})
