import { expect, it } from 'vitest'
import { parseCommand, UsageError } from '#electron/terminal/arguments.ts'

it('reads the words behind “export” and “import”', () => {
  expect(parseCommand(['export', 'RNG', 'x.CSV', '--force'])).toEqual({
    command: 'export',
    board: 'RNG',
    file: 'x.CSV',
    force: true,
    json: false,
  })
  expect(parseCommand(['import', 'x.json'])).toEqual({
    command: 'import',
    file: 'x.json',
    archived: 'leave-out',
    json: false,
  })
})

it.each([
  ['a missing file', ['export', 'RNG'], 'FILE is missing.'],
  ['a missing board', ['export'], 'KEY is missing.'],
  ['another ending', ['export', 'RNG', 'x.txt'], 'FILE ends in .json or .csv.'],
  ['another choice', ['import', 'x.json', '--archived', 'keep'], '--archived is trash or leave-out.'],
  [
    'too many words',
    ['import', 'a.json', 'b.json'],
    '“b.json” is too much. Put texts with spaces in quotes.',
  ],
  [
    'another agent',
    ['run', '--repo', '.', '--title', 'Dig', '--provider', 'gpt'],
    '--provider is anthropic, claude-agent, scripted, or acp: and a name, such as acp:opencode.',
  ],
  ['an option of another command', ['import', 'a.json', '--force'], '--force does not belong to “import”.'],
])('%s is explained', (_name, args, sentence) => {
  expect(() => parseCommand(args)).toThrow(new UsageError(sentence))
})
