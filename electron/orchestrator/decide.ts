import { assertNever } from '#shared/assert-never.ts'
import { RefusedError } from '#shared/errors.ts'
import { type ExecutionStatus, isActive, type Phase, type Verdict } from '#shared/execution.ts'
import type { FailureKind } from '#shared/provider.ts'
import { dueStep, type ExecutionState, evolve, type Fact } from './state.ts'

/** What is asked of an execution. */
export type Command =
  | { type: 'start' }
  /** Something to write down that decides nothing. */
  | { type: 'note' }
  | { type: 'begin_step' }
  | { type: 'finish_step'; phase: Phase; iteration: number; verdict: Verdict | null }
  | { type: 'fail'; kind: FailureKind; message: string }
  | { type: 'cancel' }
  /** Without a message: the app ended. */
  | { type: 'interrupt'; message?: string }
  | { type: 'resume' }
  | { type: 'merge' }
  | { type: 'discard' }

const APP_ENDED = 'The app ended while the agents were working. Resume goes on after the last finished step.'

const RESUMABLE: readonly ExecutionStatus[] = ['interrupted', 'failed', 'blocked', 'cancelled']

/** The facts that follow from a command in a state; throws RefusedError, and then nothing has changed. */
export function decide(state: ExecutionState, command: Command): Fact[] {
  switch (command.type) {
    case 'start':
      return from(state, command, ['pending'], [{ type: 'started' }])
    case 'note':
      return []
    case 'begin_step': {
      const step = dueStep(state)
      if (!step) throw refusal(state, command)
      return from(state, command, ['running'], [{ type: 'step_started', ...step }])
    }
    case 'finish_step':
      return from(state, command, ['running'], conclude(state, command))
    case 'fail':
      return activeOnly(state, command, { type: 'failed', kind: command.kind, message: command.message })
    case 'cancel':
      return activeOnly(state, command, { type: 'cancelled' })
    case 'interrupt':
      return activeOnly(state, command, { type: 'interrupted', message: command.message ?? APP_ENDED })
    case 'resume':
      return unresolvedOnly(state, command, RESUMABLE, {
        type: 'resumed',
        maxIterations: roundsAfterResume(state),
      })
    case 'merge':
      return unresolvedOnly(state, command, ['completed', ...RESUMABLE], { type: 'merged' })
    case 'discard':
      return unresolvedOnly(state, command, ['completed', ...RESUMABLE], { type: 'discarded' })
    default:
      return assertNever(command)
  }
}

/** A finished step, and the end of the execution when nothing is due after it. Never approved by accident. */
function conclude(
  state: ExecutionState,
  step: { phase: Phase; iteration: number; verdict: Verdict | null },
): Fact[] {
  const { phase, iteration, verdict } = step
  const finished: Fact = { type: 'step_finished', phase, iteration, verdict }
  const after = evolve(state, finished)
  if (dueStep(after)) return [finished]
  if (phase !== 'review') return [finished, { type: 'completed', message: 'The plan is ready.' }]
  if (verdict?.status === 'APPROVED') {
    return [finished, { type: 'completed', message: verdict.summary || 'Approved by the reviewer.' }]
  }
  const rounds = `${iteration} ${iteration === 1 ? 'round' : 'rounds'}`
  const message = `The reviewer still asks for changes after ${rounds}. Look at the findings, then resume, merge or discard.`
  return [finished, { type: 'blocked', message }]
}

/** An execution that used up its rounds gets one more; any other goes on with those it had. */
function roundsAfterResume(state: ExecutionState): number {
  return dueStep(state) ? state.maxIterations : state.maxIterations + 1
}

function from(
  state: ExecutionState,
  command: Command,
  allowed: readonly ExecutionStatus[],
  facts: Fact[],
): Fact[] {
  if (!allowed.includes(state.status)) throw refusal(state, command)
  return facts
}

function activeOnly(state: ExecutionState, command: Command, fact: Fact): Fact[] {
  if (!isActive(state.status)) throw refusal(state, command)
  return [fact]
}

function unresolvedOnly(
  state: ExecutionState,
  command: Command,
  allowed: readonly ExecutionStatus[],
  fact: Fact,
): Fact[] {
  if (state.resolution !== 'none') {
    throw new RefusedError('ALREADY_RESOLVED', `This result has already been ${state.resolution}.`, {
      resolution: state.resolution,
    })
  }
  return from(state, command, allowed, [fact])
}

function refusal(state: ExecutionState, command: Command): RefusedError {
  const action = command.type.replace('_', ' ')
  return new RefusedError(
    'INVALID_STATE',
    `Cannot ${action}: the execution is ${state.status.replace('_', ' ')}.`,
    {
      from: state.status,
      command: command.type,
    },
  )
}
