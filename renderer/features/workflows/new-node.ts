import type { AgentRole, WorkflowDefinition, WorkflowNode } from '#shared/workflow.ts'
import { listNodes } from '#shared/workflow-problems.ts'

export type NewKind = AgentRole | 'parallel' | 'condition' | 'loop' | 'gate'

export const NEW_KINDS: readonly { kind: NewKind; label: string; hint: string }[] = [
  { kind: 'architecture', label: 'Architect', hint: 'Plans and changes nothing' },
  { kind: 'development', label: 'Developer', hint: 'Changes files; in a loop it fixes what was found' },
  { kind: 'review', label: 'Reviewer', hint: 'Judges and changes nothing' },
  { kind: 'parallel', label: 'At the same time', hint: 'Several agents that change nothing' },
  { kind: 'condition', label: 'Condition', hint: 'One way or the other' },
  { kind: 'loop', label: 'Loop', hint: 'Again until something holds' },
  { kind: 'gate', label: 'Your decision', hint: 'Waits for a person' },
]

/** A step of a kind, with ids that the workflow does not have yet. */
export function newNode(kind: NewKind, definition: WorkflowDefinition): WorkflowNode {
  const taken = new Set(listNodes(definition.nodes, '').map(({ node }) => node.id))
  const free = (wanted: string) => {
    let id = wanted
    for (let number = 2; taken.has(id); number += 1) id = `${wanted}-${number}`
    taken.add(id)
    return id
  }
  const agent = (role: AgentRole, name: string) => ({ kind: 'agent' as const, id: free(role), name, role })
  switch (kind) {
    case 'architecture':
      return agent(kind, 'Plan')
    case 'development':
      return agent(kind, 'Develop')
    case 'review':
      return agent(kind, 'Review')
    case 'parallel':
      return {
        kind,
        id: free('parallel'),
        name: 'Reviews',
        branches: [agent('review', 'First review'), agent('review', 'Second review')],
      }
    case 'condition':
      return { kind, id: free('condition'), name: 'Condition', when: 'has_changes', yes: [], no: [] }
    case 'loop':
      return {
        kind,
        id: free('rounds'),
        name: 'Rounds',
        until: 'approved',
        most: null,
        body: [agent('development', 'Develop'), agent('review', 'Review')],
      }
    case 'gate':
      return { kind, id: free('gate'), name: 'Ask me', question: 'Shall it go on?' }
  }
}
