import type { AgentRole, WorkflowCondition, WorkflowNode } from '#shared/workflow.ts'

export const KIND_NAME: Readonly<Record<WorkflowNode['kind'], string>> = {
  agent: 'Agent',
  parallel: 'At the same time',
  condition: 'Condition',
  loop: 'Loop',
  gate: 'Your decision',
}

export const ROLE_NAME: Readonly<Record<AgentRole, string>> = {
  architecture: 'Architect',
  development: 'Developer',
  review: 'Reviewer',
}

/** As it reads after "if" and "until". */
export const CONDITION_WORDS: Readonly<Record<WorkflowCondition, string>> = {
  approved: 'the reviewer approves',
  changes_requested: 'the reviewer asks for changes',
  checks_passed: 'the checks pass',
  checks_failed: 'the checks fail',
  has_changes: 'files were changed',
  has_no_changes: 'no file was changed',
}

/** What a step is, in one line. */
export function describeNode(node: WorkflowNode): string {
  switch (node.kind) {
    case 'agent':
      return ROLE_NAME[node.role]
    case 'parallel':
      return `${node.branches.length} agents at the same time`
    case 'condition':
      return `If ${CONDITION_WORDS[node.when]}`
    case 'loop':
      return `Until ${CONDITION_WORDS[node.until]}, ${roundsOf(node.most)}`
    case 'gate':
      return 'A person says whether it goes on'
  }
}

export function roundsOf(most: number | null): string {
  if (most === null) return 'at most the board’s rounds'
  return most === 1 ? 'at most 1 round' : `at most ${most} rounds`
}
