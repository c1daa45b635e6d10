import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { BoardId, ColumnId, TaskId } from '#shared/ids.ts'
import type { Purged, TrashItem } from '#shared/trash.ts'
import { errorText } from '../../lib/error-text.ts'
import { keys } from '../../lib/query-keys.ts'
import { texts } from '../../lib/texts/texts.ts'
import { api } from '../../lib/trpc.ts'
import type { CallStep } from '../../lib/undo/history.ts'
import { recordStep } from '../../lib/undo/undo-store.ts'
import { showToast } from '../../ui/toast.tsx'
import { tellNotRestored } from './not-restored.ts'

interface Restored {
  item: TrashItem
  /** Also above the limit of its column. */
  force?: boolean
}

/** What is in the trash with this in its name, and the ways out of it. */
export function useTrash(text: string) {
  const cache = useQueryClient()
  const list = useInfiniteQuery({
    queryKey: keys.trash(text),
    queryFn: ({ pageParam, signal }) =>
      api.trash.list.query(
        { ...(text !== '' && { text }), ...(pageParam && { before: pageParam }) },
        { signal },
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: (before) => before,
    gcTime: 0,
  })
  const refresh = () => {
    void cache.invalidateQueries({ queryKey: keys.boards })
    return cache.invalidateQueries({ queryKey: ['trash'] })
  }
  const putBackNow = async ({ item, force = false }: Restored) => {
    const putAway = await putBack(item, force)
    void refresh()
    return () => putAway().then(refresh)
  }
  const restore = useMutation({
    mutationFn: putBackNow,
    onSuccess: (putAway, { item, force }) => {
      const step = restoredStep(() => putBackNow({ item, ...(force && { force }) }), putAway)
      const undo = recordStep('window', texts.trash.restored(item.name), step)
      showToast({
        tone: 'good',
        title: texts.trash.back(item.name),
        text: whereOf(item),
        action: { label: texts.trash.undo, run: undo },
      })
    },
    onError: (error, { item }) =>
      tellNotRestored(error, item.name, () => restore.mutate({ item, force: true })),
    onSettled: refresh,
  })
  const purge = useMutation({
    mutationFn: (item: TrashItem | 'all') =>
      api.trash.purge.mutate(
        item === 'all' ? { all: true } : { boards: [], columns: [], tasks: [], ...only(item) },
      ),
    onSuccess: tellPurged,
    onError: (error) => showToast({ tone: 'bad', title: texts.trash.nothingDeleted, text: errorText(error) }),
    onSettled: refresh,
  })
  return { list, items: list.data?.pages.flatMap((page) => page.items) ?? [], restore, purge }
}

type PutAway = () => Promise<unknown>

/** Answers what deletes it again, unless somebody has changed a card since. */
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

/** Deletes again what was put back; done again, it is put back as it was the first time. */
function restoredStep(again: () => Promise<PutAway>, putAway: PutAway): CallStep {
  const undone: CallStep = { kind: 'call', run: async () => restoredStep(again, await again()) }
  return {
    kind: 'call',
    run: async () => {
      await putAway()
      return undone
    },
  }
}

function only({ kind, id }: TrashItem) {
  if (kind === 'board') return { boards: [BoardId.parse(id)] }
  return kind === 'column' ? { columns: [ColumnId.parse(id)] } : { tasks: [TaskId.parse(id)] }
}

function whereOf({ kind, board_name }: TrashItem): string {
  return kind === 'board' ? texts.trash.withColumnsAndCards : texts.trash.on(board_name)
}

function tellPurged({ boards, columns, tasks, stayed }: Purged): void {
  const gone = [
    boards > 0 && texts.trash.boards(boards),
    columns > 0 && texts.trash.columns(columns),
    tasks > 0 && texts.trash.cards(tasks),
  ].filter((part) => part !== false)
  if (gone.length > 0) showToast({ title: texts.trash.deletedForGood(gone.join(', ')) })
  const [first] = stayed
  if (!first) return
  const more = stayed.length > 1 ? texts.trash.andMore(stayed.length) : ''
  showToast({ tone: 'bad', title: texts.trash.staysInTrash(first.name), text: `${first.reason}${more}` })
}
