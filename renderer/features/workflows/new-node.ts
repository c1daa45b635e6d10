import type { AgentRole, WorkflowDefinition, WorkflowNode } from '#shared/workflow.ts'
import { listNodes } from '#shared/workflow-problems.ts'
import { texts } from '../../lib/texts/texts.ts'

export type NewKind = AgentRole | 'parallel' | 'condition' | 'loop' | 'gate'

export const NEW_KINDS: readonly { kind: NewKind; label: string; hint: string }[] = [
  {
    kind: 'architecture',
    label: texts.workflowNodes.architect,
    hint: texts.workflowNodes.plansAndChangesNothing,
  },
  { kind: 'development', label: texts.workflowNodes.developer, hint: texts.workflowNodes.changesFilesInLoop },
  { kind: 'review', label: texts.workflowNodes.reviewer, hint: texts.workflowNodes.judgesAndChangesNothing },
  {
    kind: 'parallel',
    label: texts.workflowNodes.atSameTime,
    hint: texts.workflowNodes.severalAgentsChangeNothing,
  },
  { kind: 'condition', label: texts.workflowNodes.condition, hint: texts.workflowNodes.oneWayOrOther },
  { kind: 'loop', label: texts.workflowNodes.loop, hint: texts.workflowNodes.againUntilSomethingHolds },
  { kind: 'gate', label: texts.workflowNodes.yourDecision, hint: texts.workflowNodes.waitsForPerson },
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
      return agent(kind, texts.workflowNodes.plan)
    case 'development':
      return agent(kind, texts.workflowNodes.develop)
    case 'review':
      return agent(kind, texts.workflowNodes.review)
    case 'parallel':
      return {
        kind,
        id: free('parallel'),
        name: texts.workflowNodes.reviews,
        branches: [
          agent('review', texts.workflowNodes.firstReview),
          agent('review', texts.workflowNodes.secondReview),
        ],
      }
    case 'condition':
      return {
        kind,
        id: free('condition'),
        name: texts.workflowNodes.condition,
        when: 'has_changes',
        yes: [],
        no: [],
      }
    case 'loop':
      return {
        kind,
        id: free('rounds'),
        name: texts.workflowNodes.rounds,
        until: 'approved',
        most: null,
        body: [
          agent('development', texts.workflowNodes.develop),
          agent('review', texts.workflowNodes.review),
        ],
      }
    case 'gate':
      return {
        kind,
        id: free('gate'),
        name: texts.workflowNodes.askMe,
        question: texts.workflowNodes.shallGo,
      }
  }
}
