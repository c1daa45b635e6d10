import type { WorkflowDefinition, WorkflowNode } from '#shared/workflow.ts'
import { texts } from '../../lib/texts/texts.ts'
import { CONDITION_WORDS, roundsOf } from './workflow-words.ts'

export interface GraphBox {
  kind: 'start' | 'end' | WorkflowNode['kind']
  /** Null: start and end. */
  node: WorkflowNode | null
  x: number
  y: number
  width: number
  height: number
}
/** Around the steps of a loop or of a parallel. */
export interface GraphFrame {
  node: WorkflowNode
  /** What stands above its steps, line by line. */
  title: readonly string[]
  x: number
  y: number
  width: number
  height: number
}
export interface GraphLine {
  key: string
  points: readonly (readonly [number, number])[]
  label?: string
  /** The way back of a loop. */
  isBack?: boolean
}
export interface Graph {
  width: number
  height: number
  boxes: GraphBox[]
  frames: GraphFrame[]
  lines: GraphLine[]
}

const BOX = { width: 200, height: 44 }
const END = { width: 64, height: 24 }
const GAP = 28
const SIDE = 20
const TITLE = 22
/** A loop says until when, and how often at most: two lines. */
const LOOP_TITLE = 36
const PAD = 14
/** Room at the right of a loop's steps for the way back. */
const BACK = 22

interface Size {
  width: number
  height: number
}

/** From top to bottom: sizes first, then places. Pure; pixels. */
export function layoutGraph(definition: WorkflowDefinition): Graph {
  const graph: Graph = { width: 0, height: 0, boxes: [], frames: [], lines: [] }
  const inner = sizeOfList(definition.nodes)
  graph.width = Math.max(inner.width, BOX.width) + 2 * SIDE
  const x = graph.width / 2
  const start = addBox(graph, 'start', null, x, SIDE, END)
  const last = placeList(graph, definition.nodes, x, start + GAP, start, 'start')
  line(graph, 'to-end', [x, last.bottom], [x, last.bottom + GAP])
  graph.height = addBox(graph, 'end', null, x, last.bottom + GAP, END) + SIDE
  return graph
}

function sizeOfList(nodes: readonly WorkflowNode[]): Size {
  const sizes = nodes.map(sizeOf)
  return {
    width: Math.max(BOX.width, ...sizes.map(({ width }) => width)),
    height: sizes.reduce((sum, { height }) => sum + height, 0) + GAP * Math.max(0, nodes.length - 1),
  }
}

function sizeOf(node: WorkflowNode): Size {
  switch (node.kind) {
    case 'agent':
    case 'gate':
      return BOX
    case 'parallel': {
      const count = node.branches.length
      return {
        width: count * BOX.width + (count - 1) * SIDE + 2 * PAD,
        height: TITLE + BOX.height + 2 * GAP,
      }
    }
    case 'condition': {
      const [yes, no] = [sizeOfList(node.yes), sizeOfList(node.no)]
      return {
        width: yes.width + no.width + SIDE,
        height: BOX.height + GAP + TITLE + Math.max(yes.height, no.height) + GAP,
      }
    }
    case 'loop': {
      const body = sizeOfList(node.body)
      return { width: body.width + 2 * PAD + 2 * BACK, height: LOOP_TITLE + body.height + 2 * GAP }
    }
  }
}

interface Placed {
  bottom: number
}

/** Places steps one below the other around `x`, from `y`; a line leads to each from the one before. */
function placeList(
  graph: Graph,
  nodes: readonly WorkflowNode[],
  x: number,
  y: number,
  from: number,
  key: string,
): Placed {
  let bottom = from
  let top = y
  for (const node of nodes) {
    line(graph, `${key}-${node.id}`, [x, bottom], [x, top])
    bottom = placeNode(graph, node, x, top)
    top = bottom + GAP
  }
  return { bottom }
}

function placeNode(graph: Graph, node: WorkflowNode, x: number, y: number): number {
  switch (node.kind) {
    case 'agent':
    case 'gate':
      return addBox(graph, node.kind, node, x, y, BOX)
    case 'parallel':
      return placeParallel(graph, node, x, y)
    case 'condition':
      return placeCondition(graph, node, x, y)
    case 'loop':
      return placeLoop(graph, node, x, y)
  }
}

function placeParallel(
  graph: Graph,
  node: Extract<WorkflowNode, { kind: 'parallel' }>,
  x: number,
  y: number,
) {
  const size = sizeOf(node)
  graph.frames.push({ node, title: [node.name], x: x - size.width / 2, y, ...size })
  const top = y + TITLE + GAP
  const bottom = y + size.height
  const first = x - size.width / 2 + PAD + BOX.width / 2
  for (const [index, branch] of node.branches.entries()) {
    const at = first + index * (BOX.width + SIDE)
    bent(graph, `${node.id}-in-${index}`, [x, y + TITLE], [at, top])
    addBox(graph, 'agent', branch, at, top, BOX)
    bent(graph, `${node.id}-out-${index}`, [at, top + BOX.height], [x, bottom])
  }
  return bottom
}

function placeCondition(
  graph: Graph,
  node: Extract<WorkflowNode, { kind: 'condition' }>,
  x: number,
  y: number,
) {
  const size = sizeOf(node)
  const [yes, no] = [sizeOfList(node.yes), sizeOfList(node.no)]
  const after = addBox(graph, 'condition', node, x, y, BOX)
  const top = after + GAP + TITLE
  const bottom = y + size.height
  const left = x - size.width / 2 + yes.width / 2
  const right = x + size.width / 2 - no.width / 2
  for (const [side, nodes, at] of [
    ['yes', node.yes, left],
    ['no', node.no, right],
  ] as const) {
    bent(graph, `${node.id}-${side}`, [x, after], [at, top], side === 'yes' ? 'yes' : 'no')
    const placed = placeList(graph, nodes, at, top, top, `${node.id}-${side}`)
    bent(graph, `${node.id}-${side}-out`, [at, placed.bottom], [x, bottom])
  }
  return bottom
}

function placeLoop(graph: Graph, node: Extract<WorkflowNode, { kind: 'loop' }>, x: number, y: number) {
  const size = sizeOf(node)
  const title = [texts.workflows.until(CONDITION_WORDS[node.until]), roundsOf(node.most)]
  graph.frames.push({ node, title, x: x - size.width / 2, y, ...size })
  const top = y + LOOP_TITLE + GAP
  line(graph, `${node.id}-in`, [x, y + LOOP_TITLE], [x, top])
  const placed = placeList(graph, node.body, x, top, top, node.id)
  const bottom = y + size.height
  line(graph, `${node.id}-out`, [x, placed.bottom], [x, bottom])
  const edge = x + size.width / 2 - PAD
  const turn = placed.bottom + GAP / 2
  const back = y + LOOP_TITLE + GAP / 2
  graph.lines.push({
    key: `${node.id}-back`,
    isBack: true,
    points: [
      [x, turn],
      [edge, turn],
      [edge, back],
      [x, back],
    ],
  })
  return bottom
}

/** Gives the lower edge. */
function addBox(
  graph: Graph,
  kind: GraphBox['kind'],
  node: WorkflowNode | null,
  x: number,
  y: number,
  { width, height }: Size,
): number {
  graph.boxes.push({ kind, node, x: x - width / 2, y, width, height })
  return y + height
}

function line(graph: Graph, key: string, from: readonly [number, number], to: readonly [number, number]) {
  if (from[1] !== to[1] || from[0] !== to[0]) graph.lines.push({ key, points: [from, to] })
}

/** Down, across, down. */
function bent(
  graph: Graph,
  key: string,
  from: readonly [number, number],
  to: readonly [number, number],
  label?: string,
): void {
  const middle = from[1] + GAP / 2
  const points: [number, number][] = [
    [from[0], from[1]],
    [from[0], middle],
    [to[0], middle],
    [to[0], to[1]],
  ]
  // Back into the middle the bend is at the end, so that ways of different lengths meet.
  if (label === undefined && to[1] - GAP / 2 > middle) {
    points[1] = [from[0], to[1] - GAP / 2]
    points[2] = [to[0], to[1] - GAP / 2]
  }
  graph.lines.push({ key, points, ...(label !== undefined && { label }) })
}
