import { useQueryClient } from '@tanstack/react-query'
import type { LabelId } from '#shared/ids.ts'
import type { ProviderStatus } from '#shared/provider.ts'
import { type BoardState, columnsInOrder } from '../features/board/board-state.ts'
import { noteBoardEdit, noteCommands } from '../features/board/note-board.ts'
import { patchBoard } from '../features/board/use-board.ts'
import { boardKit } from '../features/board/use-board-actions.ts'
import { BoardSettingsDialog } from '../features/board-settings/board-settings-dialog.tsx'
import { BudgetsSection } from '../features/budgets/budgets-section.tsx'

interface BoardSettingsProps {
  state: BoardState
  providers: readonly ProviderStatus[]
  onClose: () => void
}

/** The settings of the open board. */
export function BoardSettings({ state, providers, onClose }: BoardSettingsProps) {
  const cache = useQueryClient()
  const { board, project, labels, transitions } = state
  return (
    <BoardSettingsDialog
      budgets={<BudgetsSection boardId={state.board.id} />}
      board={board}
      project={project}
      columns={columnsInOrder(state)}
      labels={labels}
      labelCounts={() => countLabels(state)}
      transitions={transitions}
      providers={providers}
      onSaved={(saved, changed) => {
        patchBoard(cache, board.id, (now) => ({ ...now, board: saved, project: changed }))
        const kit = boardKit(cache, board.id)
        noteBoardEdit(kit, board, saved)
        if (project && changed && changed !== project) noteCommands(kit, project, changed)
      }}
      onClose={onClose}
    />
  )
}

function countLabels({ tasks }: BoardState): Map<LabelId, number> {
  const counts = new Map<LabelId, number>()
  for (const { label_ids } of tasks.values())
    for (const id of label_ids) counts.set(id, (counts.get(id) ?? 0) + 1)
  return counts
}
