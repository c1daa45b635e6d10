import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readShellLine } from '#electron/policy/shell-line.ts'

const PIECES = [
  'a',
  'b1',
  '-x',
  '=',
  ' ',
  '  ',
  '\t',
  "'",
  '"',
  '\\',
  '\\ ',
  '\\\n',
  '#',
  '~x',
  '2',
  '$',
  '`',
  ';',
  '&',
  '|',
  '(',
  ')',
  '<',
  '>',
  '*',
  '?',
  '[',
  '{a,b}',
  '{',
  '}',
  '!',
  'if',
  '/dev/null',
  '\n',
  '$(',
  ')',
  ',',
  '%',
  '^',
  'é',
  '',
]

/** Pieces of which shells make much, put together. */
const anyLine = fc
  .array(fc.constantFrom(...PIECES), { minLength: 1, maxLength: 12 })
  .map((all) => all.join(''))

/** The words that the shell itself makes of a line, or null when it cannot read it. */
async function wordsOf(shell: string, line: string): Promise<string[] | null> {
  // A function stands in place of each program: nothing is run.
  const script = `HOME=/h; say() { for w in "$@"; do printf '%s\\0' "$w"; done; }\nsay ${line}`
  const ran = await promisify(execFile)(shell, ['-c', script], { cwd: '/proc/self/fdinfo' }).catch(() => null)
  return ran === null ? null : ran.stdout.split('\0').slice(0, -1)
}

test.each(['sh', 'bash'])(
  'a plain command that is clear is made of the words that %s makes of it',
  async (shell) => {
    let compared = 0
    const check = fc.asyncProperty(anyLine, async (line) => {
      const { commands, unclear } = readShellLine(`say ${line}`)
      const [only] = commands
      if (unclear !== null || commands.length !== 1 || !only || only.redirects.length > 0) return
      if (/>/.test(line) || only.words.some((word) => /[*?[]|^~/.test(word))) return
      const [, ...words] = only.words
      const real = await wordsOf(shell, line)
      if (real === null) return // no shell reads it, so nothing runs
      expect(real).toEqual(words)
      compared += 1
    })
    await fc.assert(check, { numRuns: 1500, endOnFailure: true, seed: 20_261_122 })
    expect(compared).toBeGreaterThan(100)
  },
)
