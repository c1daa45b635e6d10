import { jsonb, pgTable, uuid, varchar } from 'drizzle-orm/pg-core'
import type { BoardQuery } from '#shared/board-query.ts'
import type { BoardId, ColumnId, TemplateId, ViewId } from '#shared/ids.ts'
import type { TemplateContent, TemplateKind } from '#shared/template.ts'
import { boards, columns } from './boards.ts'
import { baseColumns } from './kinds.ts'

const onBoard = () => uuid().references(() => boards.id, { onDelete: 'cascade' })
const toColumn = () =>
  uuid()
    .notNull()
    .references(() => columns.id, { onDelete: 'cascade' })
    .$type<ColumnId>()

/** From which column a person may move a card to which; a board without any allows every move. */
export const boardTransitions = pgTable('board_transitions', {
  ...baseColumns,
  board_id: onBoard().notNull().$type<BoardId>(),
  from_column_id: toColumn(),
  to_column_id: toColumn(),
})

export const savedViews = pgTable('saved_views', {
  ...baseColumns,
  id: uuid().primaryKey().defaultRandom().$type<ViewId>(),
  board_id: onBoard().notNull().$type<BoardId>(),
  name: varchar({ length: 100 }).notNull(),
  query: jsonb().notNull().$type<BoardQuery>(),
  author_id: varchar({ length: 100 }).notNull(),
})

export const templates = pgTable('templates', {
  ...baseColumns,
  id: uuid().primaryKey().defaultRandom().$type<TemplateId>(),
  kind: varchar({ length: 20 }).notNull().$type<TemplateKind>(),
  board_id: onBoard().$type<BoardId>(),
  name: varchar({ length: 100 }).notNull(),
  content: jsonb().notNull().$type<TemplateContent>(),
})
