import { mkdir, readdir, rm } from 'node:fs/promises'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openPreferences } from '#electron/services/preferences.ts'
import { temporaryFolder } from '../helpers/git-fixture.ts'

let folder: { path: string; remove: () => Promise<void> }
beforeEach(async () => {
  folder = await temporaryFolder()
})
afterEach(() => folder.remove())

/** As a full disk does, for everybody: root may write everywhere. */
async function refuseWrites(): Promise<() => Promise<void>> {
  const file = path.join(folder.path, 'preferences.json')
  await rm(file, { force: true })
  await mkdir(file)
  return () => rm(file, { recursive: true })
}

test('what cannot be written is refused and put back, and what was changed since stays', async () => {
  const told: string[] = []
  const store = await openPreferences(folder.path, ({ theme }) => told.push(theme))
  await store.update({ theme: 'dark', density: 'compact' })
  const allow = await refuseWrites()
  const refused = store.update({ theme: 'light' })
  expect(store.get().theme).toBe('light')
  await expect(refused).rejects.toMatchObject({
    code: 'SERVICE_UNAVAILABLE',
    message: expect.stringMatching(/preferences\.json” cannot be written \(E[A-Z]+\)\. Make sure/),
  })
  expect(store.get()).toMatchObject({ theme: 'dark', density: 'compact' })
  expect(told).toEqual(['dark', 'light', 'dark'])
  expect(await readdir(folder.path)).toEqual(['preferences.json'])
  await allow()
  await store.update({ boards_view: 'list' })
  const next = await openPreferences(folder.path)
  expect(next.get()).toEqual({ ...store.get(), theme: 'dark', density: 'compact', boards_view: 'list' })
})

test('several at once are all kept', async () => {
  const store = await openPreferences(folder.path)
  await Promise.all([
    store.update({ theme: 'dark' }),
    store.update({ density: 'compact' }),
    store.update({ theme: 'light' }),
  ])
  const next = await openPreferences(folder.path)
  expect(next.get()).toMatchObject({ theme: 'light', density: 'compact' })
})
