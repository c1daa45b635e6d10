import type { ExecutionRow } from '#db/queries/executions.ts'
import type { Project } from '#shared/project.ts'
import type { Task } from '#shared/task.ts'
import type { AppContext } from '../context.ts'

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
>

/** One execution at work. */
export interface Run {
  row: ExecutionRow
  task: Task
  /** KEY-number. */
  taskKey: string
  project: Project
  workspace: { path: string; branch: string; baseBranch: string | null; baseCommit: string }
}
