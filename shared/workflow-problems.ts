import { assertNever } from './assert-never.ts'
import { findStepLack } from './step-lack.ts'
import type { WorkflowCondition, WorkflowDefinition, WorkflowNode } from './workflow.ts'

/** What keeps a definition from being run, and where. */
export interface WorkflowProblem {
  /** The ids down to the step: rounds/review. Empty: the whole workflow. */
  path: string
  /** A sentence with what to do. */
  message: string
}

/** So deep may loops and conditions lie within each other. */
export const DEEPEST_WORKFLOW = 5
/** So many steps a workflow may have, all told. */
export const MOST_WORKFLOW_STEPS = 100
/** Room in a step's row for its path with the rounds of its loops, characters. */
const LONGEST_PATH = 200
/** `[10]`, and the slash. */
const ROUND_LENGTH = 5

/** What agents before a place in the workflow may have told. */
interface Told {
  verdict: boolean
  checks: boolean
  changes: boolean
}

/**
 * What a form can make wrong: texts that are missing or too long, ids used twice, empty loops, parallel agents that
 * would write into the same files, conditions that nothing before them can tell, and depths that no step's row could
 * name. None: it can be run.
 */
export function findWorkflowProblems(definition: WorkflowDefinition): WorkflowProblem[] {
  const problems: WorkflowProblem[] = []
  const all = listNodes(definition.nodes, '')
  const seen = new Set<string>()
  for (const { node, path } of all) {
    if (seen.has(node.id))
      problems.push({ path, message: `Two steps are called “${node.id}”. Give one of them another id.` })
    seen.add(node.id)
    const lack = findStepLack(node)
    if (lack) problems.push({ path, message: lack })
  }
  if (all.length > MOST_WORKFLOW_STEPS)
    problems.push({
      path: '',
      message: `A workflow has at most ${MOST_WORKFLOW_STEPS} steps; this one has ${all.length}.`,
    })
  if (!all.some(({ node }) => node.kind === 'agent'))
    problems.push({ path: '', message: 'No agent works in this workflow. Add a step for one.' })
  checkNodes(definition.nodes, { prefix: '', depth: 1, length: 0 }, nothing(), problems)
  return problems
}

/** Every step with its path, those within others too. */
export function listNodes(
  nodes: readonly WorkflowNode[],
  prefix: string,
): { node: WorkflowNode; path: string }[] {
  return nodes.flatMap((node) => {
    const path = prefix + node.id
    const here = [{ node, path }]
    switch (node.kind) {
      case 'agent':
      case 'gate':
        return here
      case 'parallel':
        return [...here, ...listNodes(node.branches, `${path}/`)]
      case 'condition':
        return [...here, ...listNodes([...node.yes, ...node.no], `${path}/`)]
      case 'loop':
        return [...here, ...listNodes(node.body, `${path}/`)]
      default:
        return assertNever(node)
    }
  })
}

interface Place {
  prefix: string
  depth: number
  /** Of the longest path that the prefix can become. */
  length: number
}

/** Gives what may have been told after these nodes, given what may have been told before them. */
function checkNodes(
  nodes: readonly WorkflowNode[],
  place: Place,
  before: Told,
  problems: WorkflowProblem[],
): Told {
  if (place.depth > DEEPEST_WORKFLOW) {
    problems.push({
      path: place.prefix.replace(/\/$/, ''),
      message: `Loops and conditions lie within each other more than ${DEEPEST_WORKFLOW} deep. Make it flatter.`,
    })
    return before
  }
  return nodes.reduce((told, node) => checkNode(node, place, told, problems), before)
}

function checkNode(node: WorkflowNode, place: Place, told: Told, problems: WorkflowProblem[]): Told {
  const path = place.prefix + node.id
  const length = place.length + node.id.length
  const say = (message: string) => problems.push({ path, message })
  if (length > LONGEST_PATH) say('The ids of the steps around this one are too long together. Shorten them.')
  /** What is checked within this node. */
  const check = (nodes: readonly WorkflowNode[], before: Told, more: number) =>
    checkNodes(nodes, { prefix: `${path}/`, depth: place.depth + 1, length: length + more }, before, problems)
  switch (node.kind) {
    case 'agent':
      return after(told, node)
    case 'gate':
      return told
    case 'parallel':
      return checkParallel(node, told, say)
    case 'condition':
      return checkCondition(node, told, say, check)
    case 'loop':
      return checkLoop(node, told, say, check)
    default:
      return assertNever(node)
  }
}

type Node<K extends WorkflowNode['kind']> = Extract<WorkflowNode, { kind: K }>
type Say = (message: string) => void
/** Checks nodes within another, whose paths are longer than its own by `more` and their ids. */
type CheckWithin = (nodes: readonly WorkflowNode[], before: Told, more: number) => Told

function checkParallel({ branches }: Node<'parallel'>, told: Told, say: Say): Told {
  for (const { role, name } of branches) {
    if (role === 'development')
      say(`“${name}” changes files, so it cannot work beside others. Put it before or after them.`)
  }
  return branches.reduce((all, branch) => after(all, branch), told)
}

function checkCondition(
  { when, yes, no }: Node<'condition'>,
  told: Told,
  say: Say,
  check: CheckWithin,
): Told {
  if (!canTell(when, told)) say(cannotTell(when))
  if (yes.length === 0 && no.length === 0)
    say('Nothing happens either way. Add a step to one side, or remove the condition.')
  return both(check(yes, told, 1), check(no, told, 1))
}

function checkLoop({ body, until }: Node<'loop'>, told: Told, say: Say, check: CheckWithin): Told {
  if (!listNodes(body, '').some(({ node }) => node.kind === 'agent'))
    say('No agent works in this loop. Add a step to it, or remove it.')
  // From the second round on, whatever the body tells has been told before it.
  const afterwards = both(told, toldBy(body))
  if (!canTell(until, afterwards)) say(cannotTell(until))
  check(body, afterwards, ROUND_LENGTH)
  return afterwards
}

function nothing(): Told {
  return { verdict: false, checks: false, changes: false }
}

function after(told: Told, { role }: { role: string }): Told {
  if (role === 'review') return { ...told, verdict: true }
  return role === 'development' ? { ...told, checks: true, changes: true } : told
}

function both(a: Told, b: Told): Told {
  return {
    verdict: a.verdict || b.verdict,
    checks: a.checks || b.checks,
    changes: a.changes || b.changes,
  }
}

function toldBy(nodes: readonly WorkflowNode[]): Told {
  return listNodes(nodes, '').reduce(
    (told, { node }) => (node.kind === 'agent' ? after(told, node) : told),
    nothing(),
  )
}

function canTell(condition: WorkflowCondition, told: Told): boolean {
  switch (condition) {
    case 'approved':
    case 'changes_requested':
      return told.verdict
    case 'checks_passed':
    case 'checks_failed':
      return told.checks
    case 'has_changes':
    case 'has_no_changes':
      return told.changes
    default:
      return assertNever(condition)
  }
}

function cannotTell(condition: WorkflowCondition): string {
  switch (condition) {
    case 'approved':
    case 'changes_requested':
      return 'Nobody reviews before this, so it can never be told. Add a review before it.'
    case 'checks_passed':
    case 'checks_failed':
      return 'The checks run after development, and there is none before this. Add a development step before it.'
    case 'has_changes':
    case 'has_no_changes':
      return 'Nobody changes files before this, so it can never be told. Add a development step before it.'
    default:
      return assertNever(condition)
  }
}
