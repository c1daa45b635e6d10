import { FileJson, Table } from 'lucide-react'
import type { BoardListItem } from '#shared/board.ts'
import type { MenuEntry } from '../../ui/menu.tsx'
import { exportBoard } from './export-board.ts'

/** The ways to write a board into a file, for its menus. */
export function exportEntries(board: Pick<BoardListItem, 'id' | 'name'>): MenuEntry[] {
  return [
    { label: 'Export as JSON…', icon: <FileJson />, onSelect: () => void exportBoard(board, 'json') },
    { label: 'Export as CSV…', icon: <Table />, onSelect: () => void exportBoard(board, 'csv') },
  ]
}
