import type { Scenario } from '../fake-model-server/scenario.ts'

const tool = 'str_replace_based_edit_tool'

/** The files of a repository whose `sum` is wrong, with the check that tells. */
export const SUM_REPOSITORY = {
  'package.json': '{ "name": "sum", "type": "module", "scripts": { "test": "node sum.test.js" } }\n',
  'sum.js': 'export const sum = (a, b) => a - b\n',
  'sum.test.js':
    "import assert from 'node:assert'\nimport test from 'node:test'\nimport { sum } from './sum.js'\ntest('sums', () => assert.equal(sum(1, 2), 3))\n",
}

/** The check of that repository; `npm test` is the same, and starts two programs more each time. */
export const CHECK = 'node sum.test.js'

export const CHANGES = {
  status: 'CHANGES_REQUESTED',
  summary: 'The sum is right now, but numbers in strings are joined.',
  findings: [
    {
      severity: 'major',
      file: 'sum.js',
      line: 1,
      finding: 'sum("1", 2) gives "12".',
      suggestion: 'Convert both with Number().',
    },
  ],
}
export const APPROVED = { status: 'APPROVED', summary: 'Correct and tested.', findings: [] }

/** What a model says of a card that needs no questions. */
const CLEAR = { score: 95, summary: 'It says what is to be done.', questions: [] }

/** A model that plans, mends the sum, is asked for changes, mends again, and is approved. */
export const TWO_ROUNDS: Scenario = {
  rules: [
    { name: 'clear', match: { system: 'who hands out the work' }, reply: { json: CLEAR } },
    {
      name: 'plan',
      match: { system: 'You are the architect' },
      reply: { text: '## Plan\n\nMend `sum.js`.' },
    },
    {
      name: 'develop',
      match: { system: 'You are the developer\\. Carry' },
      turns: [
        {
          text: 'I mend the sign.',
          tools: [
            {
              name: tool,
              input: { command: 'str_replace', path: 'sum.js', old_str: 'a - b', new_str: 'a + b' },
            },
          ],
        },
        { tools: [{ name: 'run_check', input: {} }] },
        { text: 'The sign was wrong; the check passes.' },
      ],
    },
    {
      name: 'ask for changes',
      match: { system: 'You are the reviewer' },
      times: 1,
      reply: { json: CHANGES },
    },
    {
      name: 'fix',
      match: { system: 'a reviewer has looked' },
      turns: [
        {
          tools: [
            {
              name: tool,
              input: {
                command: 'str_replace',
                path: 'sum.js',
                old_str: 'a + b',
                new_str: 'Number(a) + Number(b)',
              },
            },
          ],
        },
        { text: 'Both are converted now.' },
      ],
    },
    { name: 'approve', match: { system: 'You are the reviewer' }, reply: { json: APPROVED } },
  ],
}
