import type { DeletedLabel, Label } from '#shared/label.ts'
import { errorText } from '../../lib/error-text.ts'
import { texts } from '../../lib/texts/texts.ts'
import { api } from '../../lib/trpc.ts'
import { callStep } from '../../lib/undo/call-step.ts'
import { recordStep } from '../../lib/undo/undo-store.ts'
import { showToast } from '../../ui/toast.tsx'
import { withLabel } from './change-nouns.ts'
import type { ActionKit } from './use-board-actions.ts'

/** Makes a label on a board; null when it was refused, and the person was told why. */
export async function createLabel(
  { boardId, patch }: Pick<ActionKit, 'boardId' | 'patch'>,
  name: string,
  color: string,
): Promise<Label | null> {
  try {
    const label = await api.labels.create.mutate({ board_id: boardId, name, color })
    patch((state) => withLabel(state, label))
    let deleted: DeletedLabel = { label, task_ids: [] }
    const undo = async () => {
      deleted = await api.labels.delete.mutate({ id: label.id })
    }
    recordStep(
      boardId,
      texts.card.createdLabel(label.name),
      callStep(undo, () => api.labels.restore.mutate(deleted)),
    )
    return label
  } catch (error) {
    showToast({ tone: 'bad', title: texts.card.labelNotCreated, text: errorText(error) })
    return null
  }
}
