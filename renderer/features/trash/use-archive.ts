import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { BoardId } from '#shared/ids.ts'
import { MOST_CHANGES, type TaskCard } from '#shared/task.ts'
import { keys } from '../../lib/query-keys.ts'
import { texts } from '../../lib/texts/texts.ts'
import { api } from '../../lib/trpc.ts'
import { recordStep } from '../../lib/undo/undo-store.ts'
import { showToast } from '../../ui/toast.tsx'
import { tellNotRestored } from './not-restored.ts'

/** The archived cards of a board with this in their title, those archived last first. */
export function useArchive(boardId: BoardId, text: string) {
  const cache = useQueryClient()
  const board = useQuery({
    queryKey: keys.boardParts(boardId),
    queryFn: () => api.boards.open.query({ id: boardId, per_column: 1 }),
  })
  const list = useInfiniteQuery({
    queryKey: keys.archive(boardId, text),
    queryFn: ({ pageParam, signal }) =>
      api.tasks.listArchived.query(
        { board_id: boardId, ...(text !== '' && { text }), ...(pageParam && { before: pageParam }) },
        { signal },
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: (before) => before,
    gcTime: 0,
  })
  const restore = useMutation({
    // All of them, or none.
    mutationFn: ({ cards, force }: { cards: readonly TaskCard[]; force?: boolean }) =>
      api.tasks.change.mutate({
        board_id: boardId,
        changes: cards.map(({ id }) => ({ id, archived: false })),
        ...(force && { force }),
      }),
    onSuccess: (_, { cards }) => {
      const [only, another] = cards
      const isOne = only !== undefined && another === undefined
      const what = isOne ? `${board.data?.key ?? ''}-${only.number}` : texts.trash.cards(cards.length)
      const changes = cards.map(({ id, version }) => {
        return { id, version, seen: version, before: { archived: true }, after: { archived: false } }
      })
      recordStep(boardId, texts.trash.tookOutArchive(what), { kind: 'cards', cards: changes })
      showToast({
        tone: 'good',
        title: texts.trash.backOnBoard(what, cards.length),
        ...(isOne && { text: only.title }),
      })
    },
    onError: (error, { cards }) =>
      tellNotRestored(
        cards.map(({ title }) => ({ name: title, error })),
        () => restore.mutate({ cards, force: true }),
      ),
    onSettled: () => cache.invalidateQueries({ queryKey: ['archive', boardId] }),
  })
  /** As many at once as one call takes; each with an undo of its own. */
  const restoreAll = async (cards: readonly TaskCard[]) => {
    for (let from = 0; from < cards.length; from += MOST_CHANGES)
      await restore.mutateAsync({ cards: cards.slice(from, from + MOST_CHANGES) })
  }
  return { board: board.data, list, cards: list.data?.pages.flatMap((page) => page.tasks) ?? [], restoreAll }
}
