import { ListChecks } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import type { Board } from '#shared/board.ts'
import { useOffers } from '../../lib/actions/use-offers.ts'
import { texts } from '../../lib/texts/texts.ts'
import { api } from '../../lib/trpc.ts'
import { useAction } from '../../lib/use-action.ts'
import type { MenuEntry } from '../../ui/menu.tsx'
import { ImportTaskListDialog } from './import-task-list-dialog.tsx'

/** The way of a task list into the open board: the system's dialog first, then ours; with the entry of its menu. */
export function useImportTaskList(board: Pick<Board, 'id' | 'name'>): {
  entry: MenuEntry
  dialog: ReactNode
} {
  const [path, setPath] = useState<string | null>(null)
  const pick = useAction(() => api.tasks.pickList.mutate(), {
    failed: texts.importBoard.noFileCouldChosen,
    onSuccess: setPath,
  })
  const begin = () => {
    if (!pick.isPending) pick.mutate()
  }
  useOffers({ 'board.import-tasks': { run: begin } })
  return {
    entry: { label: texts.importBoard.importTaskList, icon: <ListChecks />, onSelect: begin },
    dialog: path !== null && <ImportTaskListDialog board={board} path={path} onClose={() => setPath(null)} />,
  }
}
