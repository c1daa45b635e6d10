import type { Column, UpdateColumn } from '#shared/column.ts'
import { api } from '../../lib/trpc.ts'
import { showToast } from '../../ui/toast.tsx'
import { withColumn, withoutColumn } from './change-columns.ts'
import { noteColumnCreated, noteColumnDeleted, noteColumnEdit } from './note-column.ts'
import type { ActionKit } from './use-board-actions.ts'

/** What can be done with columns. */
export function columnActions(kit: ActionKit) {
  const { boardId, read, patch, attempt } = kit
  return {
    createColumn: (name: string) =>
      attempt('The column was not created', async () => {
        const column = await api.columns.create.mutate({ board_id: boardId, name })
        patch((state) => withColumn(state, column))
        noteColumnCreated(kit, column)
      }),
    updateColumn: (input: UpdateColumn) =>
      attempt('The column was not changed', async () => {
        const before = read()?.columns.find(({ id }) => id === input.id)
        const column = await api.columns.update.mutate(input)
        patch((state) => withColumn(state, column))
        if (before) noteColumnEdit(kit, before, column, input)
      }),
    deleteColumn: (column: Column) =>
      attempt(`“${column.name}” was not deleted`, async () => {
        await api.columns.delete.mutate({ id: column.id })
        patch((state) => withoutColumn(state, column.id))
        const action = { label: 'Undo', run: noteColumnDeleted(kit, column) }
        showToast({ title: `“${column.name}” moved to the trash`, action })
      }),
  }
}
