import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { BoardId } from '#shared/ids.ts'
import type { TaskCard } from '#shared/task.ts'
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
    mutationFn: ({ card, force }: { card: TaskCard; force?: boolean }) =>
      api.tasks.change.mutate({
        board_id: boardId,
        changes: [{ id: card.id, archived: false }],
        ...(force && { force }),
      }),
    onSuccess: (_, { card }) => {
      const key = `${board.data?.key ?? ''}-${card.number}`
      const { id, version } = card
      const change = { id, version, seen: version, before: { archived: true }, after: { archived: false } }
      recordStep(boardId, texts.trash.tookOutArchive(key), { kind: 'cards', cards: [change] })
      showToast({ tone: 'good', title: texts.trash.backOnBoard(key), text: card.title })
    },
    onError: (error, { card }) =>
      tellNotRestored(error, card.title, () => restore.mutate({ card, force: true })),
    onSettled: () => cache.invalidateQueries({ queryKey: ['archive', boardId] }),
  })
  return { board: board.data, list, cards: list.data?.pages.flatMap((page) => page.tasks) ?? [], restore }
}
