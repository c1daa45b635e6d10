import type { NewLine } from '#db/queries/execution-events.ts'
import type { ExecutionChange, ExecutionRow } from '#db/queries/executions.ts'
import type { ExecutionEventBody } from '#shared/execution-event.ts'
import type { StepId } from '#shared/ids.ts'
import type { BoardChange } from '../services/change-board.ts'
import type { ExecutionState, Fact } from './state.ts'

/** What has been decided, on what was true before. */
export interface Decided {
  work: BoardChange
  /** As it was before. */
  row: ExecutionRow
  /** As it is from now on. */
  state: ExecutionState
  facts: readonly Fact[]
}

/** What a reaction to a command may do in the same transaction. */
export interface Recording extends Decided {
  /** More values for the execution's row. */
  set(values: ExecutionChange): void
  /** Notes a statement whose answer nothing here depends on: the next ones need not wait for it. */
  send(statement: Promise<unknown>): void
  /** A line of the execution's log. */
  log(body: ExecutionEventBody, stepId?: StepId | null): void
  /** What to do once the execution's row says what is true now. */
  afterwards(act: () => Promise<unknown>): void
}

/** What a recording has gathered. */
interface Gathered {
  values: ExecutionChange
  lines: NewLine[]
  sent: Promise<unknown>[]
  acts: (() => Promise<unknown>)[]
}

/** Gathers what reactions want to be written with the execution's row. */
export function openRecording(
  decided: Decided,
  now: () => Date,
): { recording: Recording; gathered: Gathered } {
  const gathered: Gathered = { values: {}, lines: [], sent: [], acts: [] }
  const recording: Recording = {
    ...decided,
    set: (values) => Object.assign(gathered.values, values),
    send(statement) {
      statement.catch(() => {}) // whoever waits for all of them hears of it
      gathered.sent.push(statement)
    },
    log: (body, stepId = null) => gathered.lines.push({ body, created_at: now(), step_id: stepId }),
    afterwards: (act) => gathered.acts.push(act),
  }
  return { recording, gathered }
}
