import type { Reply, Rule } from '../../test/fake-model-server/scenario.ts'
import type { ShopTitle } from './shop-files.ts'

const EDITOR = 'str_replace_based_edit_tool'
const PHASES = {
  plan: 'You are the architect',
  develop: 'You are the developer\\. Carry',
  review: 'You are the reviewer',
  fix: 'a reviewer has looked',
} as const

export function rule(title: ShopTitle, phase: keyof typeof PHASES, rest: Omit<Rule, 'match'>): Rule {
  return { ...rest, match: { system: PHASES[phase], firstUser: title } }
}

export function view(path: string) {
  return { name: EDITOR, input: { command: 'view', path } }
}

export function create(path: string, text: string) {
  return { name: EDITOR, input: { command: 'create', path, file_text: text } }
}

export function replace(path: string, old_str: string, new_str: string) {
  return { name: EDITOR, input: { command: 'str_replace', path, old_str, new_str } }
}

export const CHECK = { name: 'run_check', input: {} }

/** Tokens of one model call. */
export function used(
  input_tokens: number,
  output_tokens: number,
  cache_read_input_tokens = 0,
): Pick<Reply, 'usage'> {
  return { usage: { input_tokens, output_tokens, cache_read_input_tokens } }
}

/** Says the text so far and then nothing more, while the connection lives. */
export function pause(text: string): Reply {
  // Two events come before the text, and each piece of it is one.
  return { text: `${text} …`, chunkChars: text.length, stall: { afterEvents: 4, pingEveryMs: 2_000 } }
}

export function approved(summary: string): Reply {
  return { json: { status: 'APPROVED', summary, findings: [] }, ...used(9_400, 310, 21_000) }
}

interface Wanted {
  severity: 'critical' | 'major' | 'minor'
  file: string
  line: number
  finding: string
  suggestion: string
}

export function requested(summary: string, ...findings: Wanted[]): Reply {
  return { json: { status: 'CHANGES_REQUESTED', summary, findings }, ...used(9_800, 640, 18_000) }
}

export function plan(title: ShopTitle, text: string, ...looks: string[]): Rule {
  return rule(title, 'plan', {
    turns: [
      { text: 'I look at the code first.', tools: looks.map(view), ...used(6_200, 180) },
      { text, ...used(8_100, 620, 6_200) },
    ],
  })
}

/** One new file, approved at once. */
export function small(title: ShopTitle, path: string, text: string, summary: string): Rule[] {
  return [
    plan(title, `## Goal\n\n${summary}\n\n1. Write \`${path}\`.\n2. Test it.`, 'README.md'),
    rule(title, 'develop', {
      turns: [
        { text: `I write \`${path}\`.`, tools: [create(path, text)], ...used(7_000, 900) },
        { tools: [CHECK], ...used(8_000, 60, 7_000) },
        { text: 'Written; the check passes.', ...used(8_300, 90, 8_000) },
      ],
    }),
    rule(title, 'review', { reply: approved(summary) }),
  ]
}
