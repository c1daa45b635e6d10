import { z } from 'zod'
import { BoardId, type TaskId } from './ids.ts'

export const SearchCards = z.strictObject({
  /** The last word may be the beginning of one. A key such as RNG-12 comes first. */
  text: z.string().trim().max(200),
  limit: z.number().int().min(1).max(50).default(20),
  board_id: BoardId.optional(),
})
export type SearchCards = z.infer<typeof SearchCards>

/** A piece of text, and in it from where to where the words are that were looked for. Never markup. */
export interface MarkedText {
  text: string
  marks: [start: number, end: number][]
}

/** A card that was found, the best first. */
export interface SearchHit {
  task_id: TaskId
  board_id: BoardId
  board_name: string
  /** KEY-number. */
  key: string
  title: MarkedText
  column_name: string
  is_archived: boolean
  found_in: 'key' | 'title' | 'body' | 'comment'
  /** Where in the body or a comment; null when the title says it. */
  snippet: MarkedText | null
}
