import { expect, test } from 'vitest'
import { BUILT_IN_WORKFLOWS } from '#shared/built-in-workflows.ts'
import { WorkflowDefinition } from '#shared/workflow.ts'
import { findWorkflowProblems, listNodes } from '#shared/workflow-problems.ts'
import { layoutGraph } from '../../../renderer/features/workflows/layout-graph.ts'
import { NEW_KINDS, newNode } from '../../../renderer/features/workflows/new-node.ts'
import {
  findNode,
  insertNode,
  moveNode,
  placeAfterMove,
  removeNode,
  updateNode,
} from '../../../renderer/features/workflows/workflow-tree.ts'

const { definition } = BUILT_IN_WORKFLOWS.development
const ROOT = { parent: null, list: 'nodes' } as const
const idsOf = (of: WorkflowDefinition) => listNodes(of.nodes, '').map(({ path }) => path)

test('a step is put in, changed and taken out, wherever it stands', () => {
  const gate = newNode('gate', definition)
  const within = insertNode(definition, { parent: 'rounds', list: 'body' }, 1, gate)
  expect(idsOf(within)).toEqual([
    'architecture',
    'rounds',
    'rounds/development',
    'rounds/gate',
    'rounds/review',
  ])
  const renamed = updateNode(within, 'gate', (node) => ({ ...node, name: 'Stop?' }))
  expect(findNode(renamed, 'gate')).toMatchObject({ node: { name: 'Stop?' }, index: 1 })
  expect(removeNode(renamed, 'gate')).toEqual(definition)
})

test('a step moves within its list, into the step before it and out of the one around it', () => {
  expect(idsOf(moveNode(definition, 'review', 'up'))).toEqual([
    'architecture',
    'rounds',
    'rounds/review',
    'rounds/development',
  ])
  expect(idsOf(moveNode(definition, 'review', 'out'))).toEqual([
    'architecture',
    'rounds',
    'rounds/development',
    'review',
  ])
  const swapped = moveNode(definition, 'architecture', 'down')
  expect(idsOf(moveNode(swapped, 'architecture', 'in'))).toEqual([
    'rounds',
    'rounds/development',
    'rounds/review',
    'rounds/architecture',
  ])
})

test('there is no way past an end, and none but an agent works beside others', () => {
  expect(placeAfterMove(definition, 'architecture', 'up')).toBeNull()
  expect(placeAfterMove(definition, 'architecture', 'in')).toBeNull()
  expect(placeAfterMove(definition, 'architecture', 'out')).toBeNull()
  const parallel = newNode('parallel', definition)
  const two = insertNode(definition, ROOT, 0, parallel)
  const gated = insertNode(two, ROOT, 1, newNode('gate', two))
  expect(placeAfterMove(gated, 'gate', 'in')).toBeNull()
  expect(placeAfterMove(two, 'architecture', 'in')).toEqual({
    place: { parent: 'parallel', list: 'branches' },
    index: 2,
  })
  expect(moveNode(gated, 'gate', 'in')).toEqual(gated)
})

test.each(NEW_KINDS)('a new $kind can be put behind a development, again and again', ({ kind }) => {
  let grown: WorkflowDefinition = definition
  for (let count = 0; count < 3; count += 1) {
    grown = insertNode(grown, ROOT, grown.nodes.length, newNode(kind, grown))
  }
  expect(WorkflowDefinition.parse(grown)).toEqual(grown)
  const ids = listNodes(grown.nodes, '').map(({ node }) => node.id)
  expect(new Set(ids).size).toBe(ids.length)
  // A condition is empty at first, and that is all that may be wrong.
  expect(findWorkflowProblems(grown).filter(({ message }) => !message.startsWith('Nothing happens'))).toEqual(
    [],
  )
})

test('the graph has a box for each step but the containers, none over another, all within its bounds', () => {
  let grown: WorkflowDefinition = definition
  for (const { kind } of NEW_KINDS) grown = insertNode(grown, ROOT, 1, newNode(kind, grown))
  grown = insertNode(grown, { parent: 'condition', list: 'yes' }, 0, newNode('loop', grown))
  grown = insertNode(grown, { parent: 'condition', list: 'no' }, 0, newNode('parallel', grown))
  const { boxes, frames, lines, width, height } = layoutGraph(grown)
  const drawn = [...boxes, ...frames].flatMap(({ node }) => (node ? [node.id] : []))
  expect(drawn.toSorted()).toEqual(
    listNodes(grown.nodes, '')
      .map(({ node }) => node.id)
      .toSorted(),
  )
  for (const [index, box] of boxes.entries()) {
    expect(box.x >= 0 && box.y >= 0 && box.x + box.width <= width && box.y + box.height <= height).toBe(true)
    for (const other of boxes.slice(index + 1)) {
      const isApart =
        box.x + box.width <= other.x ||
        other.x + other.width <= box.x ||
        box.y + box.height <= other.y ||
        other.y + other.height <= box.y
      expect([box.node?.id, other.node?.id, isApart]).toEqual([box.node?.id, other.node?.id, true])
    }
  }
  for (const { points } of lines) {
    for (const [x, y] of points) expect(x >= 0 && x <= width && y >= 0 && y <= height).toBe(true)
  }
})
