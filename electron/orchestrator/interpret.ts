import { assertNever } from '#shared/assert-never.ts'
import type {
  AgentNode,
  GateNode,
  LoopNode,
  ParallelNode,
  WorkflowDefinition,
  WorkflowNode,
} from '#shared/workflow.ts'
import type { Due, DueStep, Outcome } from './due.ts'
import { hasRole } from './interpret-nodes.ts'
import {
  addFindings,
  type FinishedStep,
  holds,
  see,
  startWalk,
  together,
  type Walk,
} from './interpret-walk.ts'

/** A path that no node can have. */
export const CLARITY_PATH = ':clarity'
/** Rounds that are asked for when the nodes have come to their end: :again[1]/development. */
const AGAIN = ':again'

const DEVELOP: AgentNode = { kind: 'agent', id: 'development', name: 'Develop', role: 'development' }
const REVIEW: AgentNode = { kind: 'agent', id: 'review', name: 'Review', role: 'review' }
const PLAN: AgentNode = { kind: 'agent', id: 'architecture', name: 'Plan', role: 'architecture' }

/** The round of a loop is over, since the project's checks failed; null: walked through. */
type Stop = Due | 'round_failed' | null

/** What is due, given the steps that are finished. Of several at one place the last one counts. */
export function interpret(
  definition: WorkflowDefinition,
  finished: readonly FinishedStep[],
  maxIterations: number,
): Due {
  const walk = startWalk(definition, finished, maxIterations)
  return walkAll(definition, walk)
}

/** Where a person's review of the present result belongs, and in which round. */
export function placeOfReview(
  definition: WorkflowDefinition,
  finished: readonly FinishedStep[],
  maxIterations: number,
): { path: string; iteration: number } {
  const walk = startWalk(definition, finished, maxIterations)
  walkAll(definition, walk)
  return walk.review ?? { path: `${AGAIN}[0]/review`, iteration: walk.iteration }
}

function walkAll(definition: WorkflowDefinition, walk: Walk): Due {
  if (definition.clarity && !walk.finished.has(CLARITY_PATH)) {
    const step = { path: CLARITY_PATH, phase: 'clarity', iteration: 1, node: null, findings: null } as const
    return { type: 'steps', steps: [step] }
  }
  const last = definition.nodes.at(-1)
  for (const [index, node] of definition.nodes.entries()) {
    const before = definition.nodes[index - 1]
    const stop =
      node.kind === 'gate' && before?.kind === 'agent' && before.role === 'architecture'
        ? walkPlanGate(walk, node, before)
        : walkNode(walk, node, { prefix: '', again: false, isLast: node === last })
    if (stop && stop !== 'round_failed') return stop
  }
  return walkAgain(definition, walk)
}

interface Place {
  prefix: string
  /** From the second round of a loop around it on: there is something to mend. */
  again: boolean
  /** Nothing comes after it. */
  isLast: boolean
}

function walkNodes(walk: Walk, nodes: readonly WorkflowNode[], place: Place): Stop {
  for (const node of nodes) {
    const stop = walkNode(walk, node, place)
    if (stop) return stop
  }
  return null
}

function walkNode(walk: Walk, node: WorkflowNode, place: Place): Stop {
  switch (node.kind) {
    case 'agent':
      return walkAgent(walk, node, place)
    case 'parallel':
      return walkParallel(walk, node, place)
    case 'condition': {
      const inside = { ...place, prefix: `${place.prefix}${node.id}/` }
      return walkNodes(walk, holds(node.when, walk) ? node.yes : node.no, inside)
    }
    case 'loop':
      return walkLoop(walk, node, place)
    case 'gate': {
      const path = place.prefix + node.id
      return walk.finished.has(path)
        ? null
        : { type: 'gate', path, iteration: walk.iteration, node, plan: null }
    }
    default:
      return assertNever(node)
  }
}

/** A plan that changes are asked of is written anew, and asked about again: :plan[2]/architecture, then :plan[2]. */
function walkPlanGate(walk: Walk, node: GateNode, architect: AgentNode): Due | null {
  const { finished, iteration } = walk
  for (let plan = 1, path = node.id; ; ) {
    const decision = finished.get(path)
    if (!decision) return { type: 'gate', path, iteration, node, plan }
    if (decision.verdict?.status !== 'CHANGES_REQUESTED') return null
    plan += 1
    path = `${node.id}[${plan}]`
    const rewrite = `${path}/${architect.id}`
    if (finished.has(rewrite)) continue
    const findings = decision.verdict
    return {
      type: 'steps',
      steps: [{ path: rewrite, phase: 'architecture', iteration, node: architect, findings }],
    }
  }
}

function walkAgent(walk: Walk, node: AgentNode, place: Place): Stop {
  const path = place.prefix + node.id
  const done = walk.finished.get(path)
  if (!done) return { type: 'steps', steps: [dueStep(walk, node, path, place.again)] }
  see(walk, done)
  return done.checks === 'failed' && place.prefix.includes('[') ? 'round_failed' : null
}

function walkParallel(walk: Walk, node: ParallelNode, place: Place): Stop {
  const branches = node.branches.map((branch) => {
    const path = `${place.prefix}${node.id}/${branch.id}`
    return { branch, path, done: walk.finished.get(path) }
  })
  const [first, ...others] = branches
    .filter(({ done }) => !done)
    .map(({ branch, path }) => dueStep(walk, branch, path, place.again))
  if (first) return { type: 'steps', steps: [first, ...others] }
  const finished = branches.flatMap(({ done }) => done ?? [])
  for (const done of finished) if (done.phase !== 'review') see(walk, done)
  const reviews = finished.filter((done) => done.phase === 'review')
  const [some] = reviews
  if (some) see(walk, { ...some, verdict: together(reviews.map(({ verdict }) => verdict)) })
  return null
}

function walkLoop(walk: Walk, node: LoopNode, place: Place): Stop {
  const most = (node.most ?? walk.maxIterations) + walk.extra
  for (let round = 1; ; round += 1) {
    if (round > 1) walk.iteration += 1
    const stop = walkRound(walk, node, place, round)
    if (stop !== 'another_round') return stop
    if (round < most) continue
    const outcome = { type: 'rounds_used_up', rounds: round, findings: walk.facts.findings } as const
    return { type: 'end', outcome }
  }
}

function walkRound(walk: Walk, node: LoopNode, place: Place, round: number): Due | 'another_round' | null {
  const prefix = `${place.prefix}${node.id}[${round}]/`
  const review = node.body.find((inner) => inner.kind === 'agent' && inner.role === 'review')
  // A person who is not content reviews the round that there is; only then it is mended within the loop.
  if (review && place.isLast && node.until === 'approved' && (round === 1 || isBegun(walk, prefix)))
    walk.review = { path: prefix + review.id, iteration: walk.iteration }
  const stop = walkNodes(walk, node.body, { prefix, again: place.again || round > 1, isLast: false })
  if (stop === null) return holds(node.until, walk) ? null : 'another_round'
  if (stop !== 'round_failed') return stop
  if (review) addFindings(walk, walk.finished.get(prefix + review.id))
  return 'another_round'
}

function isBegun({ finished }: Walk, prefix: string): boolean {
  return [...finished.keys()].some((path) => path.startsWith(prefix))
}

/** The rounds after the end: somebody asked for changes of what the workflow had come to. */
function walkAgain(definition: WorkflowDefinition, walk: Walk): Due {
  const isPlan = isPlanAlone(definition, walk)
  const nodes = isPlan ? [PLAN] : [DEVELOP, REVIEW]
  hearPerson(walk, `${AGAIN}[0]/`)
  for (let round = 1; !isContent(walk) && round <= walk.extra; round += 1) {
    walk.iteration += 1
    const prefix = `${AGAIN}[${round}]/`
    const stop = walkNodes(walk, nodes, { prefix, again: true, isLast: false })
    if (stop && stop !== 'round_failed') return stop
    if (isPlan) walk.facts.verdict = null
    hearPerson(walk, prefix)
  }
  return { type: 'end', outcome: outcomeOf(walk) }
}

function isPlanAlone({ nodes }: WorkflowDefinition, { facts }: Walk): boolean {
  return facts.planned && !facts.developed && !hasRole(nodes, ['development', 'review'])
}

/** What a person says of a round after the end, or where that belongs. */
function hearPerson(walk: Walk, prefix: string): void {
  const path = `${prefix}review`
  const person = walk.finished.get(path)
  if (person) see(walk, person)
  if (!walk.review || walk.review.path.startsWith(AGAIN)) walk.review = { path, iteration: walk.iteration }
}

function isContent({ facts }: Walk): boolean {
  return (facts.verdict === null || facts.verdict.status === 'APPROVED') && facts.checks !== 'failed'
}

function outcomeOf({ facts, iteration }: Walk): Outcome {
  if (facts.checks === 'failed') return { type: 'checks_failed', findings: facts.findings }
  if (facts.verdict?.status === 'APPROVED') return { type: 'approved', summary: facts.verdict.summary }
  if (facts.verdict) return { type: 'rounds_used_up', rounds: iteration, findings: facts.findings }
  return facts.planned && !facts.developed ? { type: 'plan_ready' } : { type: 'done' }
}

function dueStep(walk: Walk, node: AgentNode, path: string, again: boolean): DueStep {
  const { iteration, facts } = walk
  const phase = node.role === 'development' && again ? 'fix' : node.role
  return { path, phase, iteration, node, findings: facts.findings }
}
