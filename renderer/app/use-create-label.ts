import { useQueryClient } from '@tanstack/react-query'
import type { BoardId } from '#shared/ids.ts'
import type { DeletedLabel, Label } from '#shared/label.ts'
import { withLabel } from '../features/board/change-nouns.ts'
import { patchBoard } from '../features/board/use-board.ts'
import { errorText } from '../lib/error-text.ts'
import { api } from '../lib/trpc.ts'
import { callStep } from '../lib/undo/call-step.ts'
import { recordStep } from '../lib/undo/undo-store.ts'
import { showToast } from '../ui/toast.tsx'

/** Makes a label on a board; null when it was refused, and the person was told why. */
export function useCreateLabel(boardId: BoardId): (name: string, color: string) => Promise<Label | null> {
  const cache = useQueryClient()
  return async (name, color) => {
    try {
      const label = await api.labels.create.mutate({ board_id: boardId, name, color })
      patchBoard(cache, boardId, (state) => withLabel(state, label))
      let deleted: DeletedLabel = { label, task_ids: [] }
      const undo = async () => {
        deleted = await api.labels.delete.mutate({ id: label.id })
      }
      recordStep(
        boardId,
        `created the label ${label.name}`,
        callStep(undo, () => api.labels.restore.mutate(deleted)),
      )
      return label
    } catch (error) {
      showToast({ tone: 'bad', title: 'The label was not created', text: errorText(error) })
      return null
    }
  }
}
