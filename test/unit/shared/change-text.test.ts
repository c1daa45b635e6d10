import { expect, it } from 'vitest'
import { cutMark, readChange } from '#shared/change-text.ts'

const ONE = '--- a.js\n+++ a.js\n@@ -1,2 +1,2 @@\n one\n-two\n+2\n'
const TWO = '--- b c.js\n+++ b c.js\n@@ -0,0 +1,2 @@\n+x\n+y\n'

it('reads the files of a change, with their counts', () => {
  expect(readChange(`${ONE}${TWO}`)).toEqual({
    files: [
      { path: 'a.js', additions: 1, deletions: 1, hunks: '@@ -1,2 +1,2 @@\n one\n-two\n+2\n' },
      { path: 'b c.js', additions: 2, deletions: 0, hunks: '@@ -0,0 +1,2 @@\n+x\n+y\n' },
    ],
    missing: 0,
  })
})

it('says how many lines a change that was cut lacks, and does not take a line of the file for that', () => {
  expect(readChange(`${ONE}${cutMark(40)}`)?.missing).toBe(40)
  expect(readChange(`${ONE}+${cutMark(40)}`)?.missing).toBe(0)
})

it('takes no other text for a change: a path, JSON, a line of a file that looks like a name', () => {
  expect(['a.js', '{"a":1}', '', 'note\n--- a\n+++ a\n@@ -1 +1 @@\n-x\n'].map(readChange)).toEqual([
    null,
    null,
    null,
    null,
  ])
  const dashes = '--- a.lua\n+++ a.lua\n@@ -1,2 +1,2 @@\n--- old\n+++ new\n same\n'
  expect(readChange(dashes)?.files.map(({ path, deletions }) => [path, deletions])).toEqual([['a.lua', 1]])
})
