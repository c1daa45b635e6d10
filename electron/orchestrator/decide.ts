import { assertNever } from '#shared/assert-never.ts'
import { RefusedError } from '#shared/errors.ts'
import type { Verdict } from '#shared/execution.ts'
import type { FailureKind } from '#shared/provider.ts'
import { isUnreadable } from '#shared/unreadable-verdict.ts'
import type { Due, Outcome } from './due.ts'
import { placeOfReview } from './interpret.ts'
import type { FinishedStep } from './interpret-walk.ts'
import { proposeNext } from './proposal.ts'
import { dueOf, type ExecutionState, evolve, type Fact } from './state.ts'
import { TRANSITIONS } from './transitions.ts'

/** What is asked of an execution. */
export type Command =
  | { type: 'start' }
  /** Something to write down that decides nothing. */
  | { type: 'note' }
  | { type: 'begin_step'; path: string }
  /** `questions`: of the clarity check, when the card is not clear enough. */
  | { type: 'finish_step'; step: FinishedStep; questions?: number }
  /** Nothing is due any more. */
  | { type: 'conclude' }
  | { type: 'answer_questions'; skipped: boolean }
  | { type: 'await_gate' }
  /** `again`: not approved, the plan is written anew by what the message says. */
  | { type: 'answer_gate'; approve: boolean; message: string | null; again?: boolean }
  | { type: 'ask_permission' }
  /** `open`: how many questions of its agents are still without an answer. */
  | { type: 'settle_permission'; open: number }
  | { type: 'pause' }
  | { type: 'fail'; kind: FailureKind; message: string }
  | { type: 'cancel' }
  /** Without a message: the app ended. */
  | { type: 'interrupt'; message?: string }
  | { type: 'resume' }
  | { type: 'approve'; verdict: Verdict }
  | { type: 'request_changes'; verdict: Verdict }
  | { type: 'merge' }
  | { type: 'revert_merge' }
  | { type: 'discard' }
  | { type: 'restore' }

const APP_ENDED = 'The app ended while the agents were working. Resume goes on after the last finished step.'

/**
 * The facts that follow from a command in a state; throws RefusedError, and then nothing has changed. What the table of
 * transitions does not hold cannot happen.
 */
export function decide(state: ExecutionState, command: Command): Fact[] {
  const { from, to, unresolved, merged, discarded } = TRANSITIONS[command.type]
  if (unresolved && state.resolution !== 'none') {
    throw new RefusedError('ALREADY_RESOLVED', `This result has already been ${state.resolution}.`, {
      resolution: state.resolution,
    })
  }
  if (merged && state.resolution !== 'merged') {
    throw new RefusedError('NOT_MERGED', 'This result is not merged, so there is no merge to revert.', {
      resolution: state.resolution,
    })
  }
  if (discarded && state.resolution !== 'discarded') {
    throw new RefusedError(
      'NOT_DISCARDED',
      'This result is not discarded, so there is nothing to bring back.',
      {
        resolution: state.resolution,
      },
    )
  }
  if (!from.includes(state.status)) throw refusal(state, command)
  const facts = follow(state, command)
  const after = facts.reduce(evolve, state).status
  if (!to.includes(after)) throw new Error(`${command.type} must not lead from ${state.status} to ${after}`)
  return facts
}

function follow(state: ExecutionState, command: Command): Fact[] {
  switch (command.type) {
    case 'start':
      return [{ type: 'started' }]
    case 'note':
      return []
    case 'begin_step':
      return begin(state, command)
    case 'finish_step':
      return finish(state, command)
    case 'conclude': {
      const facts = endOf(state)
      if (facts.length === 0) throw refusal(state, command)
      return facts
    }
    case 'answer_questions':
      return [{ type: 'questions_answered', skipped: command.skipped }]
    case 'await_gate': {
      const due = gateOf(state, command)
      return [{ type: 'gate_reached', path: due.path, iteration: due.iteration, question: due.node.question }]
    }
    case 'answer_gate':
      return answerGate(state, command)
    case 'ask_permission':
      return [{ type: 'permission_asked' }]
    case 'settle_permission':
      return command.open > 0 ? [] : [{ type: 'permission_settled' }]
    case 'pause':
      return [{ type: 'paused' }]
    case 'fail':
      if (command.kind === 'budget') return [{ type: 'blocked', kind: 'budget', message: command.message }]
      return [{ type: 'failed', kind: command.kind, message: command.message }]
    case 'cancel':
      return [{ type: 'cancelled', message: null }]
    case 'interrupt':
      return [{ type: 'interrupted', message: command.message ?? APP_ENDED }]
    case 'resume':
      return [resumed(state, 'Resumed.', 'resumed the agents on')]
    case 'approve': {
      const finished = personStep(state, command.verdict)
      return [finished, { ...approved(command.verdict.summary, 'a person'), by_person: true }]
    }
    case 'request_changes':
      return askAgain(state, command.verdict, 'asked for changes of')
    case 'merge':
      return [{ type: 'merged' }]
    case 'revert_merge':
      return [{ type: 'merge_reverted' }]
    case 'discard':
      return [{ type: 'discarded' }]
    case 'restore':
      return [{ type: 'restored' }]
    default:
      return assertNever(command)
  }
}

function begin(state: ExecutionState, command: Extract<Command, { type: 'begin_step' }>): Fact[] {
  const due = dueOf(state)
  const step = due.type === 'steps' ? due.steps.find(({ path }) => path === command.path) : undefined
  if (!step || state.begun.includes(command.path)) throw refusal(state, command)
  return [{ type: 'step_started', path: step.path, phase: step.phase, iteration: step.iteration }]
}

/** A finished step, and the end of the execution when nothing is due after it. Never approved by accident. */
function finish(state: ExecutionState, command: Extract<Command, { type: 'finish_step' }>): Fact[] {
  if (!state.begun.includes(command.step.path)) throw refusal(state, command)
  const finished: Fact = { type: 'step_finished', step: command.step }
  if (command.questions) return [finished, { type: 'questions_asked', count: command.questions }]
  const after = evolve(state, finished)
  const ending = endOf(after)
  return ending.length > 0 && state.waitingMessages > 0
    ? [finished, ...askAgain(after, WAITING, 'goes on, as a message asks, with')]
    : [finished, ...ending]
}

/** What people said while the last step was at work is heard before the end. */
const WAITING: Verdict = {
  status: 'CHANGES_REQUESTED',
  summary: 'There is a message for the agents that none of them has seen.',
  findings: [],
}

/** A person's verdict on what there is, and the round that it asks for. */
function askAgain(state: ExecutionState, verdict: Verdict, did: string): Fact[] {
  const finished = personStep(state, verdict)
  return [finished, resumed(evolve(state, finished), 'Changes were requested.', did)]
}

function answerGate(state: ExecutionState, command: Extract<Command, { type: 'answer_gate' }>): Fact[] {
  const { path, iteration, plan } = gateOf(state, command)
  if (!command.approve && command.again) return returnPlan(state, { path, iteration, plan }, command.message)
  if (!command.approve) {
    const why = command.message ? ` “${command.message}”` : ''
    return [{ type: 'cancelled', message: `A person did not let it go on.${why} Resume asks again.` }]
  }
  const step = { path, phase: 'gate', iteration, verdict: null, checks: null, changed: false } as const
  const finished: Fact = { type: 'step_finished', step, by_person: true }
  return [finished, { type: 'gate_passed' }, ...endOf(evolve(state, finished))]
}

/** The plan goes back to who wrote it, with what a person says; as often as rounds are allowed. */
function returnPlan(
  { maxIterations }: ExecutionState,
  { path, iteration, plan }: Pick<Extract<Due, { type: 'gate' }>, 'path' | 'iteration' | 'plan'>,
  message: string | null,
): Fact[] {
  if (plan === null)
    throw new RefusedError('NO_PLAN', 'Only a plan can be written anew. Let it go on, or stop it.')
  if (plan >= maxIterations) {
    const often = plan === 1 ? 'once' : `${plan} times`
    throw new RefusedError(
      'ROUNDS_USED_UP',
      `The plan has been written ${often}, and there are no more rounds. Carry it out, or stop and say more on the card.`,
    )
  }
  const verdict: Verdict = { status: 'CHANGES_REQUESTED', summary: message ?? '', findings: [] }
  const step = { path, phase: 'gate', iteration, verdict, checks: null, changed: false } as const
  return [{ type: 'step_finished', step, by_person: true }, { type: 'plan_returned' }]
}

function gateOf(state: ExecutionState, command: Command): Extract<Due, { type: 'gate' }> {
  const due = dueOf(state)
  if (due.type !== 'gate') throw refusal(state, command)
  return due
}

function endOf(state: ExecutionState): Fact[] {
  const due = dueOf(state)
  return due.type === 'end' ? [endingFact(due.outcome, state)] : []
}

function endingFact(outcome: Outcome, { finished }: ExecutionState): Fact {
  switch (outcome.type) {
    case 'approved':
      return approved(outcome.summary, 'the reviewer')
    case 'plan_ready':
      return { type: 'completed', message: 'The plan is ready.' }
    case 'done':
      return { type: 'completed', message: 'The work is done. No reviewer was asked.' }
    case 'rounds_used_up': {
      const rounds = `${outcome.rounds} ${outcome.rounds === 1 ? 'round' : 'rounds'}`
      const message = `${whyNotApproved(finished.at(-1))} after ${rounds}. ${proposeNext(finished)}`
      return { type: 'blocked', kind: null, message }
    }
    case 'checks_failed': {
      const message = 'The project’s checks fail. Look at what they say, then resume or discard.'
      return { type: 'blocked', kind: 'checks', message }
    }
    default:
      return assertNever(outcome)
  }
}

function whyNotApproved(last: FinishedStep | undefined): string {
  if (last?.checks === 'failed') return 'The checks still fail'
  return isUnreadable(last?.verdict)
    ? 'The reviewer gave no verdict that could be read'
    : 'The reviewer still asks for changes'
}

function approved(summary: string, who: string): Extract<Fact, { type: 'completed' }> {
  if (summary) return { type: 'completed', message: summary, by_verdict: true }
  return { type: 'completed', message: `Approved by ${who}.` }
}

/** The verdict of a person on what there is now, in its place among the rounds. */
function personStep(state: ExecutionState, verdict: Verdict): Extract<Fact, { type: 'step_finished' }> {
  const { path, iteration } = placeOfReview(state.definition, state.finished, state.maxIterations)
  const step = { path, phase: 'review', iteration, verdict, checks: null, changed: false } as const
  return { type: 'step_finished', step, by_person: true }
}

/** An execution that has come to its end gets one more round; any other goes on with those it had. */
function resumed(state: ExecutionState, message: string, did: string): Fact {
  const isOver = dueOf(state).type === 'end'
  return { type: 'resumed', maxIterations: state.maxIterations + (isOver ? 1 : 0), message, did }
}

function refusal(state: ExecutionState, command: Command): RefusedError {
  const action = command.type.replaceAll('_', ' ')
  return new RefusedError(
    'INVALID_STATE',
    `Cannot ${action}: the run is ${state.status.replaceAll('_', ' ')}.`,
    { from: state.status, command: command.type },
  )
}
