import type { ToolKind } from '#shared/execution-event.ts'
import type { ProposedRule } from '#shared/policy.ts'
import { commandPatternProblem, proposedPattern } from './command-pattern.ts'
import { readShellLine } from './shell-line.ts'

/** Of longer lines no rule is proposed. */
const MOST_RULES = 5

/**
 * The narrow rules that a remembered answer leaves. None: what was asked cannot be told apart from something else, so
 * the answer holds once.
 */
export function proposeRules(asked: {
  tool_kind: ToolKind | null
  tool: string | null
  detail: string
  paths: readonly string[]
}): ProposedRule[] {
  const rules = (target: ProposedRule['target'], patterns: string[]) =>
    [...new Set(patterns)].map((pattern) => ({ target, pattern }))
  switch (asked.tool_kind) {
    case 'execute': {
      const { commands, unclear } = readShellLine(asked.detail)
      const patterns = commands.map(proposedPattern)
      const isPlain = unclear === null && commands.every(({ redirects }) => redirects.length === 0)
      const fits = patterns.every(
        (text) => text.length <= 1000 && commandPatternProblem(text, 'allow') === null,
      )
      return isPlain && fits && commands.length <= MOST_RULES ? rules('command', patterns) : []
    }
    case 'edit':
    case 'delete':
    case 'move':
      return asked.paths.every(isPlainPath) && asked.paths.length <= MOST_RULES
        ? rules('path', [...asked.paths])
        : []
    case 'fetch':
    case 'other':
      return asked.tool && isPlainPath(asked.tool) ? rules('tool', [asked.tool]) : []
    default:
      return []
  }
}

/** Relative, and without anything that a pattern reads as something else. */
function isPlainPath(path: string): boolean {
  return /^[^*\\/\n~][^*\\\n]*$/.test(path) && path.length <= 1000
}
