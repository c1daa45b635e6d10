import { useQueryClient } from '@tanstack/react-query'
import type { BoardListItem } from '#shared/board.ts'
import type { BoardId } from '#shared/ids.ts'
import { errorText } from '../../lib/error-text.ts'
import { keys } from '../../lib/query-keys.ts'
import { texts } from '../../lib/texts/texts.ts'
import { api } from '../../lib/trpc.ts'
import { callStep, editStep } from '../../lib/undo/call-step.ts'
import { recordStep } from '../../lib/undo/undo-store.ts'
import { showToast } from '../../ui/toast.tsx'

type Named = Pick<BoardListItem, 'id' | 'name'>

const said = texts.boards

/** Renaming, archiving and deleting boards, from wherever they are listed; each can be undone. */
export function useBoardListActions(onGone: (id: BoardId) => void) {
  const cache = useQueryClient()
  const refresh = () => void cache.invalidateQueries({ queryKey: keys.boards })
  const refreshed = async (done: Promise<unknown>) => {
    await done
    refresh()
  }

  async function attempt(failed: string, act: () => Promise<void>): Promise<void> {
    try {
      await act()
    } catch (error) {
      showToast({ tone: 'bad', title: failed, text: errorText(error) })
    }
    refresh()
  }

  const write = {
    name: (id: BoardId, name: string) => refreshed(api.boards.update.mutate({ id, name })),
    archived: (id: BoardId, archived: boolean) => refreshed(api.boards.archive.mutate({ id, archived })),
    gone: (id: BoardId, isGone: boolean) =>
      refreshed(isGone ? api.boards.delete.mutate({ id }) : api.boards.restore.mutate({ id })),
  }

  return {
    rename: (board: Named, name: string) =>
      attempt(said.notRenamed(board.name), async () => {
        await write.name(board.id, name)
        const of = {
          name: said.subject(name),
          read: async () => (await api.boards.list.query()).find(({ id }) => id === board.id),
          write: (values: { name: string }) => write.name(board.id, values.name),
        }
        recordStep('window', said.done.renamed(board.name), editStep(of, { name: board.name }, { name }))
      }),
    /** Out of the way, or back. */
    archive: (board: Named, isArchived: boolean) =>
      attempt(isArchived ? said.notArchived(board.name) : said.notUnarchived(board.name), async () => {
        await write.archived(board.id, isArchived)
        const step = callStep(
          () => write.archived(board.id, !isArchived),
          () => write.archived(board.id, isArchived),
        )
        const title = isArchived ? said.done.archived(board.name) : said.done.unarchived(board.name)
        showToast({
          title: isArchived ? said.archivedToast(board.name) : said.unarchivedToast(board.name),
          action: { label: said.undo, run: recordStep('window', title, step) },
        })
      }),
    remove: (board: Named) =>
      attempt(said.notDeleted(board.name), async () => {
        await write.gone(board.id, true)
        onGone(board.id)
        const step = callStep(
          () => write.gone(board.id, false),
          () => write.gone(board.id, true),
        )
        showToast({
          title: said.deletedToast(board.name),
          action: { label: said.undo, run: recordStep('window', said.done.deleted(board.name), step) },
        })
      }),
  }
}
