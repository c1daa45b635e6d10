import type { Scenario } from '../fake-model-server/scenario.ts'
import { APPROVED } from './two-rounds.ts'

const edit = (old_str: string, new_str: string) => ({
  name: 'str_replace_based_edit_tool',
  input: { command: 'str_replace', path: 'sum.js', old_str, new_str },
})

/** A model whose first development leaves the sum wrong and says otherwise; the fix mends it, and whoever reviews approves. */
export const WRONG_THEN_RIGHT: Scenario = {
  rules: [
    { name: 'plan', match: { system: 'You are the architect' }, reply: { text: 'Mend `sum.js`.' } },
    {
      name: 'develop',
      match: { system: 'You are the developer\\. Carry' },
      turns: [{ tools: [edit('a - b', 'a * b')] }, { text: 'All tests pass.' }],
    },
    {
      name: 'fix',
      match: { system: 'a reviewer has looked' },
      turns: [{ tools: [edit('a * b', 'a + b')] }, { text: 'Mended.' }],
    },
    { name: 'approve', match: { system: 'You are the reviewer' }, reply: { json: APPROVED } },
  ],
}
