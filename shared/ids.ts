import { z } from 'zod'

/** Ids are uuids and branded, so that a column's id cannot be passed where a task's is expected. */
export const BoardId = z.uuid().brand<'BoardId'>()
export type BoardId = z.infer<typeof BoardId>
export const ColumnId = z.uuid().brand<'ColumnId'>()
export type ColumnId = z.infer<typeof ColumnId>
export const TaskId = z.uuid().brand<'TaskId'>()
export type TaskId = z.infer<typeof TaskId>
export const ProjectId = z.uuid().brand<'ProjectId'>()
export type ProjectId = z.infer<typeof ProjectId>
export const ExecutionId = z.uuid().brand<'ExecutionId'>()
export type ExecutionId = z.infer<typeof ExecutionId>
export const StepId = z.uuid().brand<'StepId'>()
export type StepId = z.infer<typeof StepId>
export const WorkspaceId = z.uuid().brand<'WorkspaceId'>()
export type WorkspaceId = z.infer<typeof WorkspaceId>
/** One running copy of the app or of the terminal command; the owner of the executions it runs. */
export const InstanceId = z.uuid().brand<'InstanceId'>()
export type InstanceId = z.infer<typeof InstanceId>
/** A person; each data folder has one. */
export const UserId = z.uuid().brand<'UserId'>()
export type UserId = z.infer<typeof UserId>
