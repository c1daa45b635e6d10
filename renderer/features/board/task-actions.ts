import type { ColumnId, ExecutionId, TaskId } from '#shared/ids.ts'
import { type Task, type TaskCard, toTaskCard } from '#shared/task.ts'
import { tellCreated } from '../../lib/created-cards.ts'
import type { CardTexts } from '../../lib/merge-edit.ts'
import { texts } from '../../lib/texts/texts.ts'
import { api } from '../../lib/trpc.ts'
import { noteUnderWay } from '../../lib/undo/undo-store.ts'
import { holdWindow } from '../../lib/window-work.ts'
import { showToast } from '../../ui/toast.tsx'
import { withoutTask } from './change-cards.ts'
import { withExecution } from './change-executions.ts'
import { keepAsNewCard } from './keep-as-new.ts'
import { noteAway, noteCreated } from './note-step.ts'
import { asSeen, saveEdit, type TaskEdit } from './save-edit.ts'
import type { ActionKit } from './use-board-actions.ts'

/** What a card is called when it is told of. */
type Named = Pick<TaskCard, 'id' | 'number' | 'title' | 'version'>

/** What can be done with cards. */
export function taskActions(kit: ActionKit) {
  const { boardId, patch, tell, attempt } = kit
  return {
    /** Forced, also above the limit of the column. */
    createTask: (columnId: ColumnId, title: string, isForced = false) =>
      attempt(texts.card.cardNotCreated, async () => {
        const task = await api.tasks.create.mutate({
          board_id: boardId,
          column_id: columnId,
          title,
          ...(isForced && { force: true }),
        })
        tell(task)
        noteCreated(kit, [task])
        tellCreated(toTaskCard(task))
      }),
    editTask: (edit: TaskEdit) => noteUnderWay(boardId, saveEdit(kit, edit)),
    /** Of a card that is edited on the board itself. */
    editCard: (card: TaskCard, mine: Partial<CardTexts>) =>
      holdWindow(asSeen(kit, card).then((base) => saveEdit(kit, { base, mine }))),
    /** Of what was written on a card that is gone. */
    keepAsNewCard: (lost: Task) => keepAsNewCard(kit, lost),
    restoreTask: (id: TaskId) =>
      attempt(texts.card.cardNotRestored, async () => {
        const task = await api.tasks.restore.mutate({ id })
        tell(task)
        noteCreated(kit, [task], 'restored')
      }),
    deleteTask: (task: Named, key: string) =>
      attempt(texts.card.notDeleted(key), async () => {
        await api.tasks.delete.mutate({ id: task.id })
        patch((state) => withoutTask(state, task.id))
        const action = { label: texts.card.undo, run: noteAway(kit, [task], 'trashed') }
        showToast({ title: texts.card.movedTrash(key), text: task.title, action })
      }),
    runTask: (taskId: TaskId) =>
      attempt(texts.card.agentsNotStarted, async () => {
        const execution = await api.executions.start.mutate({ task_id: taskId })
        patch((state) => withExecution(state, execution))
      }),
    cancelExecution: (id: ExecutionId) =>
      attempt(texts.card.agentsNotStopped, async () => {
        const execution = await api.executions.cancel.mutate({ id })
        patch((state) => withExecution(state, execution))
      }),
  }
}
