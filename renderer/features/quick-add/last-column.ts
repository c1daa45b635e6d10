import type { BoardId, ColumnId } from '#shared/ids.ts'

/** Where this window has put a new card last, and what was typed but not added. */
const columns = new Map<BoardId, ColumnId>()
let draft = ''

export function lastColumn(boardId: BoardId): ColumnId | undefined {
  return columns.get(boardId)
}

export function noteColumn(boardId: BoardId, columnId: ColumnId): void {
  columns.set(boardId, columnId)
}

export function quickAddDraft(): string {
  return draft
}

export function keepQuickAddDraft(text: string): void {
  draft = text
}
