import type { Column, UpdateColumn } from '#shared/column.ts'
import { texts } from '../../lib/texts/texts.ts'
import { api } from '../../lib/trpc.ts'
import { CannotTakeBack, callStep, editStep } from '../../lib/undo/call-step.ts'
import { recordStep } from '../../lib/undo/undo-store.ts'
import { countIn } from './board-state.ts'
import { withColumn, withoutColumn } from './change-columns.ts'
import type { ActionKit } from './use-board-actions.ts'

type Kit = Pick<ActionKit, 'boardId' | 'readNow' | 'patch'>

export function noteColumnCreated(kit: Kit, column: Column): void {
  recordStep(
    kit.boardId,
    texts.columns.addedColumn(column.name),
    callStep(
      () => removeEmpty(kit, column),
      () => restore(kit, column),
    ),
  )
}

/** The answer brings it back, with its cards. */
export function noteColumnDeleted(kit: Kit, column: Column): () => void {
  return recordStep(
    kit.boardId,
    texts.columns.deletedColumn(column.name),
    callStep(
      () => restore(kit, column),
      () => remove(kit, column),
    ),
  )
}

export function noteColumnEdit(
  kit: Kit,
  before: Column,
  after: Column,
  { id, ...values }: UpdateColumn,
): void {
  const names = Object.keys(values) as (keyof typeof values)[]
  const pick = (column: Column) => Object.fromEntries(names.map((name) => [name, column[name]]))
  const step = editStep(
    {
      name: texts.columns.columnSubject(after.name),
      read: () => find(kit, id),
      write: async (to: Omit<UpdateColumn, 'id'>) => {
        const column = await api.columns.update.mutate({ ...to, id })
        kit.patch((state) => withColumn(state, column))
      },
    },
    pick(before),
    pick(after),
  )
  const what = names.includes('name')
    ? texts.columns.renamedColumn(before.name)
    : texts.columns.changedColumn(after.name)
  recordStep(kit.boardId, what, step)
}

export function noteColumnMove(kit: Kit, before: Column, after: Column): void {
  const step = editStep(
    {
      name: texts.columns.columnSubject(after.name),
      read: () => find(kit, after.id),
      write: async ({ order }: Pick<Column, 'order'>) => {
        const column = await api.columns.move.mutate({ id: after.id, order })
        kit.patch((state) => withColumn(state, column))
      },
    },
    { order: before.order },
    { order: after.order },
  )
  recordStep(kit.boardId, texts.columns.movedColumn(after.name), step)
}

async function find({ readNow }: Kit, id: Column['id']): Promise<Column | undefined> {
  return (await readNow()).columns.find((column) => column.id === id)
}

/** Cards of others would go with it. */
async function removeEmpty(kit: Kit, column: Column): Promise<void> {
  if (countIn(await kit.readNow(), column.id) > 0) {
    throw new CannotTakeBack(texts.columns.holdsCardsNowMove(column.name))
  }
  await remove(kit, column)
}

async function remove({ patch }: Kit, { id }: Column): Promise<void> {
  await api.columns.delete.mutate({ id })
  patch((state) => withoutColumn(state, id))
}

async function restore({ patch }: Kit, { id }: Column): Promise<void> {
  const column = await api.columns.restore.mutate({ id })
  patch((state) => withColumn(state, column))
}
