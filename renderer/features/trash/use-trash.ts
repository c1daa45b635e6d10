import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { BoardId, ColumnId, TaskId } from '#shared/ids.ts'
import type { Purged, TrashItem } from '#shared/trash.ts'
import { errorText } from '../../lib/error-text.ts'
import { keys } from '../../lib/query-keys.ts'
import { texts } from '../../lib/texts/texts.ts'
import { api } from '../../lib/trpc.ts'
import { recordStep } from '../../lib/undo/undo-store.ts'
import { showToast } from '../../ui/toast.tsx'
import { isOverLimit, tellNotRestored } from './not-restored.ts'
import { putBackAll, restoredStep } from './put-back.ts'

interface Restoring {
  items: readonly TrashItem[]
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
  const putBackNow = async ({ items, force = false }: Restoring) => {
    const done = await putBackAll(items, force)
    void refresh()
    return { ...done, putAway: () => done.putAway().then(refresh) }
  }
  const restore = useMutation({
    mutationFn: putBackNow,
    onSuccess: ({ back, stayed, putAway }, { force }) => {
      const [first] = back
      if (first) {
        const step = restoredStep(() => putBackNow({ items: back, ...(force && { force }) }), putAway)
        const isOne = back.length === 1
        const title = isOne ? texts.trash.restored(first.name) : texts.trash.restoredMany(back.length)
        showToast({
          tone: 'good',
          title: isOne ? texts.trash.back(first.name) : texts.trash.manyBack(back.length),
          ...(isOne && { text: whereOf(first) }),
          action: { label: texts.trash.undo, run: recordStep('window', title, step) },
        })
      }
      tellNotRestored(stayed, () =>
        restore.mutate({ items: stayed.filter(isOverLimit).map(({ item }) => item), force: true }),
      )
    },
    onSettled: refresh,
  })
  const purge = useMutation({
    mutationFn: (items: readonly TrashItem[] | 'all') =>
      api.trash.purge.mutate(items === 'all' ? { all: true } : idsOf(items)),
    onSuccess: tellPurged,
    onError: (error) => showToast({ tone: 'bad', title: texts.trash.nothingDeleted, text: errorText(error) }),
    onSettled: refresh,
  })
  return { list, items: list.data?.pages.flatMap((page) => page.items) ?? [], restore, purge }
}

function idsOf(items: readonly TrashItem[]) {
  const of = (kind: TrashItem['kind']) => items.filter((item) => item.kind === kind).map(({ id }) => id)
  return {
    boards: of('board').map((id) => BoardId.parse(id)),
    columns: of('column').map((id) => ColumnId.parse(id)),
    tasks: of('task').map((id) => TaskId.parse(id)),
  }
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
