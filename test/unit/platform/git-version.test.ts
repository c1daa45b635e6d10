import { expect, test } from 'vitest'
import { gitVersion, isOldGit } from '#electron/platform/git-version.ts'

test.each([
  ['1.9.1', true],
  ['2.37.7', true],
  ['2.38.0', false],
  ['2.39.5 (Apple Git-154)', false],
  ['2.47.1.windows.1', false],
  ['3.0.0', false],
  ['unknown', false], // a version that nobody can read keeps nobody from working
])('git %s is too old: %s', (version, isOld) => {
  expect(isOldGit(version)).toBe(isOld)
})

test('the git of this machine is new enough', async () => {
  expect(isOldGit(await gitVersion(AbortSignal.timeout(10_000)))).toBe(false)
})
