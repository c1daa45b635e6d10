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
export const LabelId = z.uuid().brand<'LabelId'>()
export type LabelId = z.infer<typeof LabelId>
export const LinkId = z.uuid().brand<'LinkId'>()
export type LinkId = z.infer<typeof LinkId>
export const CommentId = z.uuid().brand<'CommentId'>()
export type CommentId = z.infer<typeof CommentId>
export const AttachmentId = z.uuid().brand<'AttachmentId'>()
export type AttachmentId = z.infer<typeof AttachmentId>
export const ViewId = z.uuid().brand<'ViewId'>()
export type ViewId = z.infer<typeof ViewId>
export const TemplateId = z.uuid().brand<'TemplateId'>()
export type TemplateId = z.infer<typeof TemplateId>
export const WorkflowId = z.uuid().brand<'WorkflowId'>()
export type WorkflowId = z.infer<typeof WorkflowId>
export const ApprovalId = z.uuid().brand<'ApprovalId'>()
export type ApprovalId = z.infer<typeof ApprovalId>
export const PolicyRuleId = z.uuid().brand<'PolicyRuleId'>()
export type PolicyRuleId = z.infer<typeof PolicyRuleId>
export const QuestionId = z.uuid().brand<'QuestionId'>()
export type QuestionId = z.infer<typeof QuestionId>
export const MessageId = z.uuid().brand<'MessageId'>()
export type MessageId = z.infer<typeof MessageId>
/** Of a row in a log that only grows: a number too large for JavaScript's, as text. */
export const RecordId = z.string().regex(/^\d{1,18}$/)
