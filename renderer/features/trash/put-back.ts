import { BoardId, ColumnId, TaskId } from '#shared/ids.ts'
import type { TrashItem } from '#shared/trash.ts'
import { api } from '../../lib/trpc.ts'
import type { CallStep } from '../../lib/undo/history.ts'
import type { NotRestored } from './not-restored.ts'

/** Deletes again what was put back, unless somebody has changed a card since. */
type PutAway = () => Promise<unknown>

interface PutBack {
  back: TrashItem[]
  stayed: (NotRestored & { item: TrashItem })[]
  putAway: PutAway
}

/** What holds others goes first. */
const ORDER: readonly TrashItem['kind'][] = ['board', 'column', 'task']

/** Puts back what can be; `force`: also above the limit of a column. */
export async function putBackAll(items: readonly TrashItem[], force: boolean): Promise<PutBack> {
  const all: PutBack = { back: [], stayed: [], putAway: () => Promise.resolve() }
  for (const item of items.toSorted((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind))) {
    try {
      const [putAway, before] = [await putBack(item, force), all.putAway]
      all.putAway = async () => {
        await putAway()
        await before()
      }
      all.back.push(item)
    } catch (error) {
      all.stayed.push({ item, name: item.name, error })
    }
  }
  return all
}

/** The step that deletes again what was put back; done again, it is put back as it was the first time. */
export function restoredStep(again: () => Promise<PutBack>, putAway: PutAway): CallStep {
  const undone: CallStep = {
    kind: 'call',
    run: async () => {
      const { back, stayed, ...done } = await again()
      if (back.length === 0) throw stayed[0]?.error
      return restoredStep(again, done.putAway)
    },
  }
  return {
    kind: 'call',
    run: async () => {
      await putAway()
      return undone
    },
  }
}

async function putBack({ kind, id, board_id }: TrashItem, force: boolean): Promise<PutAway> {
  if (kind === 'board') {
    await api.boards.restore.mutate({ id: BoardId.parse(id) })
    return () => api.boards.delete.mutate({ id: BoardId.parse(id) })
  }
  if (kind === 'column') {
    await api.columns.restore.mutate({ id: ColumnId.parse(id) })
    return () => api.columns.delete.mutate({ id: ColumnId.parse(id) })
  }
  const { version } = await api.tasks.restore.mutate({ id: TaskId.parse(id), force })
  const changes = [{ id: TaskId.parse(id), version, trashed: true }]
  return () => api.tasks.change.mutate({ board_id, changes })
}
