import type { Column, UpdateColumn } from '#shared/column.ts'
import { api } from '../../lib/trpc.ts'
import { showToast } from '../../ui/toast.tsx'
import { withColumn, withoutColumn } from './apply-event.ts'
import type { ActionKit } from './use-board-actions.ts'

/** What can be done with columns. */
export function columnActions({ boardId, patch, attempt }: ActionKit) {
  const restore = (column: Column) =>
    attempt(`“${column.name}” was not restored`, async () => {
      const restored = await api.columns.restore.mutate({ id: column.id })
      patch((state) => withColumn(state, restored))
    })

  return {
    createColumn: (name: string) =>
      attempt('The column was not created', async () => {
        const column = await api.columns.create.mutate({ board_id: boardId, name })
        patch((state) => withColumn(state, column))
      }),
    updateColumn: (input: UpdateColumn) =>
      attempt('The column was not changed', async () => {
        const column = await api.columns.update.mutate(input)
        patch((state) => withColumn(state, column))
      }),
    deleteColumn: (column: Column) =>
      attempt(`“${column.name}” was not deleted`, async () => {
        await api.columns.delete.mutate({ id: column.id })
        patch((state) => withoutColumn(state, column.id))
        const action = { label: 'Undo', run: () => void restore(column) }
        showToast({ title: `“${column.name}” moved to the trash`, action })
      }),
  }
}
