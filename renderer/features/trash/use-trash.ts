import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { BoardId, ColumnId, TaskId } from '#shared/ids.ts'
import type { Purged, TrashItem } from '#shared/trash.ts'
import { errorFacts, errorText } from '../../lib/error-text.ts'
import { keys } from '../../lib/query-keys.ts'
import { texts } from '../../lib/texts/texts.ts'
import { api } from '../../lib/trpc.ts'
import { showToast } from '../../ui/toast.tsx'

/** What is in the trash, and the ways out of it. */
export function useTrash() {
  const cache = useQueryClient()
  const list = useInfiniteQuery({
    queryKey: keys.trash,
    queryFn: ({ pageParam, signal }) =>
      api.trash.list.query(pageParam ? { before: pageParam } : {}, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next ?? undefined,
    gcTime: 0,
  })
  const refresh = () => {
    void cache.invalidateQueries({ queryKey: keys.trash })
    void cache.invalidateQueries({ queryKey: keys.boards })
  }
  const restore = useMutation({
    mutationFn: ({ item, force }: { item: TrashItem; force?: boolean }) => putBack(item, force ?? false),
    onSuccess: (_, { item }) =>
      showToast({ tone: 'good', title: texts.trash.back(item.name), text: whereOf(item) }),
    onError: (error, { item }) => {
      const isFull = errorFacts(error).reason === 'WIP_LIMIT_EXCEEDED'
      const action = { label: texts.trash.restoreAnyway, run: () => restore.mutate({ item, force: true }) }
      const title = texts.trash.notRestored(item.name)
      showToast({ tone: 'bad', title, text: errorText(error), ...(isFull && { action }) })
    },
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

function putBack({ kind, id }: TrashItem, force: boolean): Promise<unknown> {
  if (kind === 'board') return api.boards.restore.mutate({ id: BoardId.parse(id) })
  if (kind === 'column') return api.columns.restore.mutate({ id: ColumnId.parse(id) })
  return api.tasks.restore.mutate({ id: TaskId.parse(id), force })
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
