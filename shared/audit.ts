import { z } from 'zod'
import { Actor } from './actor.ts'
import { BoardId, RecordId } from './ids.ts'

export const AuditedEntity = z.enum([
  'project',
  'board',
  'column',
  'task',
  'execution',
  'label',
  'link',
  'comment',
  'attachment',
  'transition',
  'view',
  'template',
  'workflow',
  'policy_rule',
  'budget',
  'model_price',
  'approval',
])
export type AuditedEntity = z.infer<typeof AuditedEntity>

/** `delete` is to the trash, `purge` out of the database; `force`: beside a move above a WIP limit. */
export const AuditAction = z.enum([
  'create',
  'update',
  'move',
  'delete',
  'restore',
  'purge',
  'execute',
  'cancel',
  'retry',
  'merge',
  'discard',
  'force',
])
export type AuditAction = z.infer<typeof AuditAction>

/** Of a new or purged row all its columns, of a changed one those that changed, as PostgreSQL writes them in JSON. */
export const AuditChanges = z.object({
  before: z.record(z.string(), z.json()).nullable(),
  after: z.record(z.string(), z.json()).nullable(),
})
export type AuditChanges = z.infer<typeof AuditChanges>

/** One entry of the trail. It cannot be changed, and outlives what it tells of. */
export const AuditRecord = z.object({
  id: RecordId,
  board_id: BoardId.nullable(),
  entity_type: AuditedEntity,
  entity_id: z.uuid(),
  action: AuditAction,
  actor: Actor,
  changes: AuditChanges,
  /** Of the call that led to it, as in the log. */
  correlation_id: z.string().nullable(),
  created_at: z.coerce.date(),
})
export type AuditRecord = z.infer<typeof AuditRecord>

/** Newest first; `before` is the id of the last one that is known. */
export const ListAudit = z.strictObject({
  board_id: BoardId.optional(),
  entity_id: z.uuid().optional(),
  before: RecordId.optional(),
  limit: z.number().int().min(1).max(100).default(50),
})
export type ListAudit = z.infer<typeof ListAudit>
