import { z } from 'zod'
import type { Actor } from './actor.ts'
import { BoardId, ColumnId, TaskId } from './ids.ts'

/** What is deleted goes for good after so many days. */
export const TRASH_DAYS = 30

export const ListTrash = z.strictObject({
  /** Part of a name, of a key, or of the name of its board. */
  text: z.string().max(200).optional(),
  /** `next` of the page before. */
  before: z.string().max(100).optional(),
  limit: z.number().int().min(1).max(200).default(100),
})
export type ListTrash = z.infer<typeof ListTrash>

/** A board, a column or a card in the trash; what went with a board or a column is not told by itself. */
export interface TrashItem {
  kind: 'board' | 'column' | 'task'
  id: string
  board_id: BoardId
  board_name: string
  /** Of a card its title. */
  name: string
  /** Of a card KEY-number, of a board its key. */
  key: string | null
  /** Cards that went with it. */
  card_count: number
  deleted_at: Date
  /** Null: longer ago than the trail goes back. */
  deleted_by: Actor | null
}

/** Newest first. */
export interface TrashPage {
  items: TrashItem[]
  next: string | null
}

/** For good. */
export const PurgeTrash = z.union([
  z.strictObject({
    boards: z.array(BoardId).max(1000).default([]),
    columns: z.array(ColumnId).max(1000).default([]),
    tasks: z.array(TaskId).max(1000).default([]),
  }),
  z.strictObject({ all: z.literal(true) }),
])
export type PurgeTrash = z.infer<typeof PurgeTrash>

/** What went, and what could not go yet. */
export interface Purged {
  boards: number
  columns: number
  tasks: number
  /** Their work could not be kept elsewhere, or agents are still at it: they stay in the trash. */
  stayed: { kind: TrashItem['kind']; id: string; name: string; reason: string }[]
}
