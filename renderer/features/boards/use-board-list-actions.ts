import { useQueryClient } from '@tanstack/react-query'
import type { BoardListItem } from '#shared/board.ts'
import type { BoardId } from '#shared/ids.ts'
import { errorText } from '../../lib/error-text.ts'
import { keys } from '../../lib/query-keys.ts'
import { texts } from '../../lib/texts/texts.ts'
import { api } from '../../lib/trpc.ts'
import { showToast } from '../../ui/toast.tsx'

type Named = Pick<BoardListItem, 'id' | 'name'>

/** Renaming, archiving and deleting boards, from wherever they are listed. */
export function useBoardListActions(onGone: (id: BoardId) => void) {
  const cache = useQueryClient()
  const refresh = () => void cache.invalidateQueries({ queryKey: keys.boards })

  async function attempt(failed: string, act: () => Promise<void>): Promise<void> {
    try {
      await act()
    } catch (error) {
      showToast({ tone: 'bad', title: failed, text: errorText(error) })
    }
    refresh()
  }

  /** Out of the way, or back; the message offers the opposite. */
  function archive(board: Named, isArchived: boolean): Promise<void> {
    const { boards } = texts
    const failed = isArchived ? boards.notArchived(board.name) : boards.notUnarchived(board.name)
    return attempt(failed, async () => {
      await api.boards.archive.mutate({ id: board.id, archived: isArchived })
      showToast({
        title: isArchived ? boards.archivedToast(board.name) : boards.unarchivedToast(board.name),
        action: { label: boards.undo, run: () => void archive(board, !isArchived) },
      })
    })
  }

  return {
    rename: (board: Named, name: string) =>
      attempt('The board was not renamed', async () => {
        await api.boards.update.mutate({ id: board.id, name })
      }),
    archive,
    remove: (board: Named) =>
      attempt(`“${board.name}” was not deleted`, async () => {
        await api.boards.delete.mutate({ id: board.id })
        onGone(board.id)
        showToast({
          title: `“${board.name}” moved to the trash`,
          action: {
            label: 'Undo',
            run: () =>
              void attempt(`“${board.name}” was not restored`, async () => {
                await api.boards.restore.mutate({ id: board.id })
              }),
          },
        })
      }),
  }
}
