import { z } from 'zod'
import type { Board } from './board.ts'
import { BoardId, ProjectId } from './ids.ts'

/** JSON holds all of a board and can be imported; CSV is for spreadsheet programs. */
export const ExportFormat = z.enum(['json', 'csv'])
export type ExportFormat = z.infer<typeof ExportFormat>

export const ExportBoard = z.strictObject({ id: BoardId, format: ExportFormat })
export type ExportBoard = z.infer<typeof ExportBoard>

export interface ExportedBoard {
  path: string
  cards: number
}

/** What becomes of the archived lists and cards of a Trello board. */
export const ClosedChoice = z.enum(['leave_out', 'trash'])
export type ClosedChoice = z.infer<typeof ClosedChoice>

const path = z.string().min(1, 'Choose a file.').max(4096)

export const FileToImport = z.strictObject({ path })

export const ImportBoard = z.strictObject({
  /** Without one the person is asked. */
  path: path.optional(),
  closed: ClosedChoice.default('leave_out'),
  project_id: ProjectId.nullable().optional(),
  /** Chosen by the caller, who may follow the progress under it. */
  import_id: z.uuid().optional(),
})
export type ImportBoard = z.infer<typeof ImportBoard>

/** Something that is not as it was in the file: a sentence, how often, and where (the first of them). */
export interface ImportNote {
  text: string
  count: number
  items: string[]
}

/** What a file holds, before anything is written. */
export interface ImportPreview {
  path: string
  source: 'agent_rangers' | 'trello'
  name: string
  columns: number
  cards: number
  /** Archived in Trello; not counted above. */
  closed_columns: number
  closed_cards: number
}

export interface ImportedBoard {
  board: Board
  columns: number
  cards: number
  /** Cards and columns that went to the trash. */
  trashed: number
  notes: ImportNote[]
}
