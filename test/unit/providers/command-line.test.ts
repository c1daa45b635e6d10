import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readShellLine } from '#electron/policy/shell-line.ts'
import { commandLine } from '#electron/providers/acp/command-line.ts'

const none = { env: [], folder: '' }

test('whatever an argument holds, the policy reads it as the one word that it is', () => {
  const word = fc.string({ minLength: 1 }).filter((text) => !text.includes('\0'))
  fc.assert(
    fc.property(fc.array(word, { minLength: 1 }), (args) => {
      const { commands } = readShellLine(commandLine({ command: 'make', args, ...none }))
      expect(commands).toEqual([{ words: ['make', ...args], redirects: [] }])
    }),
  )
})

test('a line without arguments is the shell’s', () => {
  expect(commandLine({ command: 'cat a && echo b', args: [], ...none })).toBe('cat a && echo b')
})

test('a variable that can make a program run another is read before it, one for its looks is not', () => {
  const env = [
    { name: 'NO_COLOR', value: '1' },
    { name: 'LD_PRELOAD', value: './evil so' },
  ]
  const line = commandLine({ command: 'node', args: ['-v'], env, folder: '' })
  expect(line).toBe("LD_PRELOAD='./evil so' node -v")
  expect(readShellLine(line).commands[0]?.words[0]).toBe('LD_PRELOAD=./evil so')
})
