import { FileJson, Table } from 'lucide-react'
import type { BoardListItem } from '#shared/board.ts'
import { texts } from '../../lib/texts/texts.ts'
import type { MenuEntry } from '../../ui/menu.tsx'
import { exportBoard } from './export-board.ts'

/** The ways to write a board into a file, for its menus. */
export function exportEntries(board: Pick<BoardListItem, 'id' | 'name'>): MenuEntry[] {
  return [
    {
      label: texts.newBoard.exportAsJson,
      icon: <FileJson />,
      onSelect: () => void exportBoard(board, 'json'),
    },
    { label: texts.newBoard.exportAsCsv, icon: <Table />, onSelect: () => void exportBoard(board, 'csv') },
  ]
}
