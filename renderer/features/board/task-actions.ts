import type { ColumnId, ExecutionId, TaskId } from '#shared/ids.ts'
import type { Task } from '#shared/task.ts'
import { api } from '../../lib/trpc.ts'
import { showToast } from '../../ui/toast.tsx'
import { withExecution, withoutTask, withTask } from './apply-event.ts'
import { keepAsNewCard } from './keep-as-new.ts'
import { saveEdit, type TaskEdit } from './save-edit.ts'
import type { ActionKit } from './use-board-actions.ts'

/** What can be done with cards. */
export function taskActions(kit: ActionKit) {
  const { boardId, patch, attempt } = kit
  const restore = (task: Task, key: string) =>
    attempt(`${key} was not restored`, async () => {
      const restored = await api.tasks.restore.mutate({ id: task.id })
      patch((state) => withTask(state, restored))
    })

  return {
    createTask: (columnId: ColumnId, title: string) =>
      attempt('The card was not created', async () => {
        const task = await api.tasks.create.mutate({ board_id: boardId, column_id: columnId, title })
        patch((state) => withTask(state, task))
      }),
    editTask: (edit: TaskEdit) => saveEdit(kit, edit),
    /** Of what was written on a card that is gone. */
    keepAsNewCard: (lost: Task) => keepAsNewCard(kit, lost),
    restoreTask: (id: TaskId) =>
      attempt('The card was not restored', async () => {
        const task = await api.tasks.restore.mutate({ id })
        patch((state) => withTask(state, task))
      }),
    deleteTask: (task: Task, key: string) =>
      attempt(`${key} was not deleted`, async () => {
        await api.tasks.delete.mutate({ id: task.id })
        patch((state) => withoutTask(state, task.id))
        const action = { label: 'Undo', run: () => void restore(task, key) }
        showToast({ title: `${key} moved to the trash`, text: task.title, action })
      }),
    runTask: (taskId: TaskId) =>
      attempt('The agents were not started', async () => {
        const execution = await api.executions.start.mutate({ task_id: taskId })
        patch((state) => withExecution(state, execution))
      }),
    cancelExecution: (id: ExecutionId) =>
      attempt('The agents were not stopped', async () => {
        const execution = await api.executions.cancel.mutate({ id })
        patch((state) => withExecution(state, execution))
      }),
  }
}
