import type { Task } from '#shared/task.ts'
import { readDraft, writeDraft } from '../../lib/drafts.ts'
import { texts } from '../../lib/texts/texts.ts'
import { api } from '../../lib/trpc.ts'
import { showToast } from '../../ui/toast.tsx'
import { columnsInOrder } from './board-state.ts'
import { noteCreated } from './note-step.ts'
import type { ActionKit } from './use-board-actions.ts'

/** Makes a new card of what was written on one that somebody deleted, in its column or, if that is gone too, the first. */
export function keepAsNewCard({ boardId, tell, read, attempt }: ActionKit, lost: Task): Promise<boolean> {
  return attempt(texts.card.cardNotCreated, async () => {
    const columns = columnsInOrder(read() ?? { columns: [], columnMoves: new Map() })
    const column = columns.find((one) => one.id === lost.column_id) ?? columns[0]
    if (!column) throw new Error(texts.card.noColumnForIt)
    const task = await api.tasks.create.mutate({
      board_id: boardId,
      column_id: column.id,
      title: readDraft(lost.id, 'title')?.text ?? lost.title,
      description: (readDraft(lost.id, 'description')?.text ?? lost.description) || null,
      acceptance_criteria:
        (readDraft(lost.id, 'acceptance_criteria')?.text ?? lost.acceptance_criteria) || null,
      priority: lost.priority,
    })
    tell(task)
    noteCreated({ boardId, read }, [task])
    writeDraft(lost.id, 'title', null)
    writeDraft(lost.id, 'description', null)
    writeDraft(lost.id, 'acceptance_criteria', null)
    showToast({ tone: 'good', title: texts.card.keptAsNewCard(column.name), text: task.title })
  })
}
