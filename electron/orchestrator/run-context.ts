import type { ExecutionRow } from '#db/queries/executions.ts'
import type { StepRow } from '#db/queries/steps.ts'
import type { BoardSettings } from '#shared/board.ts'
import type { Project } from '#shared/project.ts'
import type { ProviderId } from '#shared/provider.ts'
import type { Task } from '#shared/task.ts'
import type { AppContext } from '../context.ts'
import type { DueStep } from './due.ts'
import type { RetryWaits } from './retry-waits.ts'
import type { Spending } from './spending.ts'

/** What the orchestrator needs of the app. */
export type OrchestratorContext = Pick<
  AppContext,
  | 'instanceId'
  | 'config'
  | 'db'
  | 'databaseWatch'
  | 'wakeups'
  | 'log'
  | 'now'
  | 'newId'
  | 'actor'
  | 'providers'
  | 'credentials'
  | 'containment'
  | 'places'
  | 'gateway'
  | 'meter'
>

/** One execution at work. */
export interface Run {
  row: ExecutionRow
  task: Task
  /** KEY-number. */
  taskKey: string
  project: Project
  /** Of its board, as they were when this app took it. */
  settings: BoardSettings
  workspace: { path: string; branch: string; baseBranch: string | null; baseCommit: string }
  spending: Spending
  retries: RetryWaits
}

/** One step at work. */
export interface StepWork {
  run: Run
  due: DueStep
  step: StepRow
  provider: ProviderId
  /** Null: the provider's own for this phase. */
  model: string | null
}
