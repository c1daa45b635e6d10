import { assertNever } from '#shared/assert-never.ts'
import type { AgentNode, WorkflowDefinition, WorkflowNode } from '#shared/workflow.ts'
import { texts } from '../../lib/texts/texts.ts'

/** A list of steps: the workflow's own, or one within a step. */
export type ListName = 'nodes' | 'branches' | 'yes' | 'no' | 'body'
export interface ListPlace {
  /** Null: the workflow's own list. */
  parent: string | null
  list: ListName
}

interface Child {
  list: ListName
  /** What it is called before its steps; null where there is only one. */
  title: string | null
  nodes: readonly WorkflowNode[]
}

/** The lists of steps within a step. */
export function listsOf(node: WorkflowNode): Child[] {
  switch (node.kind) {
    case 'parallel':
      return [{ list: 'branches', title: null, nodes: node.branches }]
    case 'condition':
      return [
        { list: 'yes', title: texts.workflows.ifSo, nodes: node.yes },
        { list: 'no', title: texts.workflows.if, nodes: node.no },
      ]
    case 'loop':
      return [{ list: 'body', title: null, nodes: node.body }]
    case 'agent':
    case 'gate':
      return []
  }
}

/** Whether a step may stand in a list: only agents work at the same time. */
export function fits(node: WorkflowNode, list: ListName): boolean {
  return list !== 'branches' || node.kind === 'agent'
}

type Change = (nodes: readonly WorkflowNode[], place: ListPlace) => readonly WorkflowNode[]

/** Every list goes through `change`, the inner ones first. */
function mapLists(nodes: readonly WorkflowNode[], place: ListPlace, change: Change): WorkflowNode[] {
  const inside = (parent: string, list: ListName, inner: readonly WorkflowNode[]) =>
    mapLists(inner, { parent, list }, change)
  const mapped = nodes.map((node): WorkflowNode => {
    switch (node.kind) {
      case 'parallel':
        return { ...node, branches: inside(node.id, 'branches', node.branches).filter(isAgent) }
      case 'condition':
        return { ...node, yes: inside(node.id, 'yes', node.yes), no: inside(node.id, 'no', node.no) }
      case 'loop':
        return { ...node, body: inside(node.id, 'body', node.body) }
      case 'agent':
      case 'gate':
        return node
      default:
        return assertNever(node)
    }
  })
  return [...change(mapped, place)]
}

function changed(definition: WorkflowDefinition, change: Change): WorkflowDefinition {
  return { ...definition, nodes: mapLists(definition.nodes, { parent: null, list: 'nodes' }, change) }
}

function isAgent(node: WorkflowNode): node is AgentNode {
  return node.kind === 'agent'
}

function isSame(a: ListPlace, b: ListPlace): boolean {
  return a.parent === b.parent && a.list === b.list
}

/** Puts a step before the one that stands at `index` of a list. */
export function insertNode(
  definition: WorkflowDefinition,
  to: ListPlace,
  index: number,
  node: WorkflowNode,
): WorkflowDefinition {
  return changed(definition, (nodes, place) =>
    isSame(place, to) ? [...nodes.slice(0, index), node, ...nodes.slice(index)] : nodes,
  )
}

export function removeNode(definition: WorkflowDefinition, id: string): WorkflowDefinition {
  return changed(definition, (nodes) => nodes.filter((node) => node.id !== id))
}

/** Changes one step; the lists within it are as `change` leaves them. */
export function updateNode(
  definition: WorkflowDefinition,
  id: string,
  change: (node: WorkflowNode) => WorkflowNode,
): WorkflowDefinition {
  return changed(definition, (nodes) => nodes.map((node) => (node.id === id ? change(node) : node)))
}

export interface FoundNode {
  node: WorkflowNode
  place: ListPlace
  index: number
  /** The list in which it stands. */
  siblings: readonly WorkflowNode[]
}

/** Where a step stands; null when there is none of this id. */
export function findNode(definition: WorkflowDefinition, id: string): FoundNode | null {
  const look = (siblings: readonly WorkflowNode[], place: ListPlace): FoundNode | null => {
    for (const [index, node] of siblings.entries()) {
      if (node.id === id) return { node, place, index, siblings }
      for (const { list, nodes } of listsOf(node)) {
        const found = look(nodes, { parent: node.id, list })
        if (found) return found
      }
    }
    return null
  }
  return look(definition.nodes, { parent: null, list: 'nodes' })
}

export type Direction = 'up' | 'down' | 'in' | 'out'

/**
 * Where a step would go: up and down within its list, in: to the end of the step before it, out: behind the step that it
 * lies in. Null where there is no such place.
 */
export function placeAfterMove(
  definition: WorkflowDefinition,
  id: string,
  direction: Direction,
): { place: ListPlace; index: number } | null {
  const found = findNode(definition, id)
  if (!found) return null
  const { place, index, siblings } = found
  switch (direction) {
    case 'up':
      return index > 0 ? { place, index: index - 1 } : null
    case 'down':
      return index < siblings.length - 1 ? { place, index: index + 1 } : null
    case 'out':
      return placeOutside(definition, found)
    case 'in':
      return placeInside(found)
  }
}

function placeOutside(definition: WorkflowDefinition, { node, place }: FoundNode) {
  const parent = place.parent === null ? null : findNode(definition, place.parent)
  return parent && fits(node, parent.place.list) ? { place: parent.place, index: parent.index + 1 } : null
}

function placeInside({ node, index, siblings }: FoundNode) {
  const before = siblings[index - 1]
  const inner = before && listsOf(before).at(-1)
  if (!before || !inner || !fits(node, inner.list)) return null
  return { place: { parent: before.id, list: inner.list }, index: inner.nodes.length }
}

/** Moves a step; as it is, where it cannot go that way. */
export function moveNode(
  definition: WorkflowDefinition,
  id: string,
  direction: Direction,
): WorkflowDefinition {
  const to = placeAfterMove(definition, id, direction)
  const found = findNode(definition, id)
  if (!to || !found) return definition
  return insertNode(removeNode(definition, id), to.place, to.index, found.node)
}

/** Puts the step at one place of a list to another place of it. */
export function reorder(
  definition: WorkflowDefinition,
  within: ListPlace,
  from: number,
  to: number,
): WorkflowDefinition {
  return changed(definition, (nodes, place) => {
    const node = nodes[from]
    return node && isSame(place, within) ? nodes.toSpliced(from, 1).toSpliced(to, 0, node) : nodes
  })
}
