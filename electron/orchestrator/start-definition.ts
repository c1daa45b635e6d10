import { assertNever } from '#shared/assert-never.ts'
import type { BoardSettings } from '#shared/board.ts'
import type { GateNode, WorkflowDefinition, WorkflowNode } from '#shared/workflow.ts'
import { mostRounds } from './interpret-nodes.ts'

/** Its id is one that nobody can give. */
export const PLAN_GATE: GateNode = {
  kind: 'gate',
  id: ':plan',
  name: 'Plan approval',
  question: 'Shall the agents carry out this plan?',
}

/**
 * What an execution starts with and keeps, whatever becomes of the workflow and of the board's settings meanwhile: the
 * board's rounds in loops that name none, its wish for clarity checks, and for a person's agreement to the plan.
 */
export function startDefinition(
  definition: WorkflowDefinition,
  settings: Pick<BoardSettings, 'clarity' | 'approve_plan'>,
  rounds: number,
): { definition: WorkflowDefinition; max_iterations: number } {
  const nodes = definition.nodes.map((node) => withRounds(node, rounds))
  const started = {
    clarity: definition.clarity && settings.clarity !== false,
    nodes: settings.approve_plan ? withPlanGate(nodes) : nodes,
  }
  return { definition: started, max_iterations: mostRounds(started, rounds) }
}

function withRounds(node: WorkflowNode, rounds: number): WorkflowNode {
  const inside = (nodes: readonly WorkflowNode[]) => nodes.map((inner) => withRounds(inner, rounds))
  switch (node.kind) {
    case 'agent':
    case 'gate':
    case 'parallel':
      return node
    case 'condition':
      return { ...node, yes: inside(node.yes), no: inside(node.no) }
    case 'loop':
      return { ...node, most: node.most ?? rounds, body: inside(node.body) }
    default:
      return assertNever(node)
  }
}

/** After the first plan, where something is to be done by it. */
function withPlanGate(nodes: WorkflowNode[]): WorkflowNode[] {
  const at = nodes.findIndex((node) => node.kind === 'agent' && node.role === 'architecture')
  if (at < 0 || at === nodes.length - 1 || nodes[at + 1]?.kind === 'gate') return nodes
  return [...nodes.slice(0, at + 1), PLAN_GATE, ...nodes.slice(at + 1)]
}
