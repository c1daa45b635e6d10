import type { Column, UpdateColumn } from '#shared/column.ts'
import { texts } from '../../lib/texts/texts.ts'
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
      attempt(texts.columns.columnNotCreated, async () => {
        const column = await api.columns.create.mutate({ board_id: boardId, name })
        patch((state) => withColumn(state, column))
        noteColumnCreated(kit, column)
      }),
    updateColumn: (input: UpdateColumn) =>
      attempt(texts.columns.columnNotChanged, async () => {
        const before = read()?.columns.find(({ id }) => id === input.id)
        const column = await api.columns.update.mutate(input)
        patch((state) => withColumn(state, column))
        if (before) noteColumnEdit(kit, before, column, input)
      }),
    deleteColumn: (column: Column) =>
      attempt(texts.columns.notDeleted(column.name), async () => {
        await api.columns.delete.mutate({ id: column.id })
        patch((state) => withoutColumn(state, column.id))
        const action = { label: texts.columns.undo, run: noteColumnDeleted(kit, column) }
        showToast({ title: texts.columns.movedTrash(column.name), action })
      }),
  }
}
