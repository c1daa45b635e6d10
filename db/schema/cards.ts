import { bigint, customType, pgTable, text, timestamp, uuid, varchar } from 'drizzle-orm/pg-core'
import type { Actor } from '#shared/actor.ts'
import type { AttachmentId, BoardId, CommentId, LabelId, LinkId, TaskId } from '#shared/ids.ts'
import type { LinkKind } from '#shared/task-link.ts'
import { boards, tasks } from './boards.ts'
import { baseColumns } from './kinds.ts'

const tsvector = customType<{ data: string }>({ dataType: () => 'tsvector' })

const onBoard = () =>
  uuid()
    .notNull()
    .references(() => boards.id, { onDelete: 'cascade' })
    .$type<BoardId>()
const ofTask = () =>
  uuid()
    .notNull()
    .references(() => tasks.id, { onDelete: 'cascade' })
    .$type<TaskId>()

export const labels = pgTable('labels', {
  ...baseColumns,
  id: uuid().primaryKey().defaultRandom().$type<LabelId>(),
  board_id: onBoard(),
  name: varchar({ length: 50 }).notNull(),
  color: varchar({ length: 7 }).notNull(),
})

/** `task_id` <kind> `other_task_id`. */
export const taskLinks = pgTable('task_links', {
  ...baseColumns,
  id: uuid().primaryKey().defaultRandom().$type<LinkId>(),
  board_id: onBoard(),
  task_id: ofTask(),
  other_task_id: ofTask(),
  kind: varchar({ length: 20 }).notNull().$type<LinkKind>(),
})

export const comments = pgTable('comments', {
  ...baseColumns,
  id: uuid().primaryKey().defaultRandom().$type<CommentId>(),
  board_id: onBoard(),
  task_id: ofTask(),
  author_type: varchar({ length: 20 }).notNull().$type<Actor['type']>(),
  author_id: varchar({ length: 100 }).notNull(),
  author_name: varchar({ length: 255 }).notNull(),
  body: text().notNull(),
  edited_at: timestamp({ withTimezone: true }),
  deleted_at: timestamp({ withTimezone: true }),
})

/** The bytes are in the data folder of the app that took them, under their sha256. */
export const attachments = pgTable('attachments', {
  ...baseColumns,
  id: uuid().primaryKey().defaultRandom().$type<AttachmentId>(),
  board_id: onBoard(),
  task_id: ofTask(),
  name: varchar({ length: 255 }).notNull(),
  media_type: varchar({ length: 255 }).notNull(),
  size: bigint({ mode: 'number' }).notNull(),
  sha256: varchar({ length: 64 }).notNull(),
  author_id: varchar({ length: 100 }).notNull(),
  author_name: varchar({ length: 255 }).notNull(),
  machine: varchar({ length: 255 }).notNull(),
  deleted_at: timestamp({ withTimezone: true }),
})

/** The words of a card, kept by a trigger; apart from it, so that a move need not write them anew. */
export const taskSearch = pgTable('task_search', {
  task_id: uuid()
    .primaryKey()
    .references(() => tasks.id, { onDelete: 'cascade' })
    .$type<TaskId>(),
  document: tsvector().notNull(),
})
