import { assertNever } from '#shared/assert-never.ts'
import type { LoopNode, WorkflowDefinition, WorkflowNode } from '#shared/workflow.ts'

/** The rounds that a definition asks for at most, where a loop that says nothing has so many; 1 without a loop. */
export function mostRounds(definition: WorkflowDefinition, otherwise: number): number {
  return Math.max(1, ...loopsOf(definition.nodes).map((loop) => loop.most ?? otherwise))
}

function loopsOf(nodes: readonly WorkflowNode[]): LoopNode[] {
  return nodes.flatMap((node) => {
    if (node.kind === 'loop') return [node, ...loopsOf(node.body)]
    return node.kind === 'condition' ? loopsOf([...node.yes, ...node.no]) : []
  })
}

/** Whether an agent of one of these roles is among the nodes, however deep. */
export function hasRole(nodes: readonly WorkflowNode[], roles: readonly string[]): boolean {
  return nodes.some((node) => {
    switch (node.kind) {
      case 'agent':
        return roles.includes(node.role)
      case 'parallel':
        return hasRole(node.branches, roles)
      case 'condition':
        return hasRole([...node.yes, ...node.no], roles)
      case 'loop':
        return hasRole(node.body, roles)
      case 'gate':
        return false
      default:
        return assertNever(node)
    }
  })
}
