import type { BoardId, ColumnId } from '#shared/ids.ts'

/** Where this window has put a new card last. */
const columns = new Map<BoardId, ColumnId>()

export function lastColumn(boardId: BoardId): ColumnId | undefined {
  return columns.get(boardId)
}

export function noteColumn(boardId: BoardId, columnId: ColumnId): void {
  columns.set(boardId, columnId)
}
