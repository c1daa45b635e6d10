import { ACTIVE_STATUSES, ExecutionStatus } from '#shared/execution.ts'
import type { Command } from './decide.ts'

export interface Transition {
  from: readonly ExecutionStatus[]
  /** Where it can lead. */
  to: readonly ExecutionStatus[]
  /** Only while the result is neither merged nor discarded. */
  unresolved?: true
  /** Only while the result is merged. */
  merged?: true
  /** Only while the result is discarded. */
  discarded?: true
  /** What it means, for the documentation. */
  about: string
}

const ENDED: readonly ExecutionStatus[] = ['completed', 'blocked', 'interrupted', 'failed', 'cancelled']
const UNFINISHED: readonly ExecutionStatus[] = ['blocked', 'interrupted', 'failed', 'cancelled']

/** Every command and the statuses between which it leads: there is no other way from one status to another. */
export const TRANSITIONS: Readonly<Record<Command['type'], Transition>> = {
  start: { from: ['pending'], to: ['running'], about: 'an app begins to work on it' },
  note: {
    from: ExecutionStatus.options,
    to: ExecutionStatus.options,
    about: 'something is written down that decides nothing',
  },
  begin_step: { from: ['running'], to: ['running'], about: 'a step that is due begins' },
  finish_step: {
    from: ['running', 'awaiting_approval'],
    to: ['running', 'awaiting_approval', 'awaiting_clarification', 'completed', 'blocked'],
    about: 'a step is finished: more is due, the card is not clear enough, or it is the end',
  },
  conclude: { from: ['running'], to: ['completed', 'blocked'], about: 'nothing is due any more' },
  answer_questions: {
    from: ['awaiting_clarification'],
    to: ['running'],
    about: 'a person answers the questions, or skips them',
  },
  await_gate: { from: ['running'], to: ['awaiting_approval'], about: 'a gate is reached: a person decides' },
  answer_gate: {
    from: ['awaiting_approval'],
    to: ['running', 'completed', 'blocked', 'cancelled'],
    about: 'a person lets it go on, or not',
  },
  ask_permission: {
    from: ['running', 'awaiting_approval'],
    to: ['awaiting_approval'],
    about: 'an agent asks whether it may do something',
  },
  settle_permission: {
    from: ['awaiting_approval'],
    to: ['running', 'awaiting_approval'],
    about: 'a person has answered an agent, or nobody waits for the answer any more',
  },
  pause: {
    from: ['pending', 'running', 'awaiting_approval'],
    to: ['paused'],
    about: 'a person pauses it; nothing of it runs any more',
  },
  fail: {
    from: ['pending', 'running', 'awaiting_approval'],
    to: ['failed', 'blocked'],
    about: 'it cannot go on; without budget it is blocked',
  },
  cancel: { from: ACTIVE_STATUSES, to: ['cancelled'], about: 'a person ends it' },
  interrupt: {
    from: ['pending', 'running', 'awaiting_approval'],
    to: ['interrupted'],
    about: 'the app that ran it has ended',
  },
  resume: {
    from: ['paused', ...UNFINISHED],
    to: ['running'],
    unresolved: true,
    about: 'it goes on after the last finished step; used-up rounds become one more',
  },
  approve: {
    from: UNFINISHED,
    to: ['completed'],
    unresolved: true,
    about: 'a person takes the result as it is',
  },
  request_changes: {
    from: ENDED,
    to: ['running'],
    unresolved: true,
    about: 'a person asks for another round',
  },
  merge: { from: ENDED, to: ENDED, unresolved: true, about: 'the result is merged; the status stays' },
  revert_merge: {
    from: ENDED,
    to: ENDED,
    merged: true,
    about: 'the merge is taken back, and the result waits for the person again; the status stays',
  },
  discard: { from: ENDED, to: ENDED, unresolved: true, about: 'the result is thrown away; the status stays' },
  restore: {
    from: ENDED,
    to: ENDED,
    discarded: true,
    about: 'what was thrown away is brought back, and waits for the person again; the status stays',
  },
}
