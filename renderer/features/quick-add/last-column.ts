import type { BoardId, ColumnId } from '#shared/ids.ts'

export interface QuickAddDraft {
  text: string
  /** Of what was pasted and is too long for a title. */
  description: string | null
}

export const EMPTY_DRAFT: QuickAddDraft = { text: '', description: null }

/** Where this window has put a new card last, and what was typed but not added. */
const columns = new Map<BoardId, ColumnId>()
let draft = EMPTY_DRAFT

export function lastColumn(boardId: BoardId): ColumnId | undefined {
  return columns.get(boardId)
}

export function noteColumn(boardId: BoardId, columnId: ColumnId): void {
  columns.set(boardId, columnId)
}

export function quickAddDraft(): QuickAddDraft {
  return draft
}

export function keepQuickAddDraft(next: QuickAddDraft): void {
  draft = next
}

/** A card that could not be made, before what was typed meanwhile: neither is lost. */
export function withFailed(failed: QuickAddDraft, typed: QuickAddDraft): QuickAddDraft {
  if (typed.text === '' && typed.description === null) return failed
  const notes = [failed.description, typed.text, typed.description].filter(Boolean)
  return { text: failed.text, description: notes.join('\n\n') }
}
