import type { AgentRole, WorkflowCondition, WorkflowNode } from '#shared/workflow.ts'
import { texts } from '../../lib/texts/texts.ts'

export const KIND_NAME: Readonly<Record<WorkflowNode['kind'], string>> = {
  agent: texts.workflowNodes.agent,
  parallel: texts.workflowNodes.atSameTime,
  condition: texts.workflowNodes.condition,
  loop: texts.workflowNodes.loop,
  gate: texts.workflowNodes.yourDecision,
}

export const ROLE_NAME: Readonly<Record<AgentRole, string>> = {
  architecture: texts.workflowNodes.architect,
  development: texts.workflowNodes.developer,
  review: texts.workflowNodes.reviewer,
}

/** As it reads after "if" and "until". */
export const CONDITION_WORDS: Readonly<Record<WorkflowCondition, string>> = {
  approved: texts.workflowNodes.reviewerApproves,
  changes_requested: texts.workflowNodes.reviewerAsksForChanges,
  checks_passed: texts.workflowNodes.checksPass,
  checks_failed: texts.workflowNodes.checksFail,
  has_changes: texts.workflowNodes.filesChanged,
  has_no_changes: texts.workflowNodes.noFileChanged,
}

/** What a step is, in one line. */
export function describeNode(node: WorkflowNode): string {
  switch (node.kind) {
    case 'agent':
      return ROLE_NAME[node.role]
    case 'parallel':
      return texts.workflowNodes.agentsAtSameTime(node.branches.length)
    case 'condition':
      return texts.workflowNodes.ifSo(CONDITION_WORDS[node.when])
    case 'loop':
      return texts.workflowNodes.untilSo(CONDITION_WORDS[node.until], roundsOf(node.most))
    case 'gate':
      return texts.workflowNodes.personSaysWhetherGoes
  }
}

export function roundsOf(most: number | null): string {
  if (most === null) return texts.workflowNodes.atMostBoardsRounds
  return texts.workflowNodes.atMostRounds(most)
}
