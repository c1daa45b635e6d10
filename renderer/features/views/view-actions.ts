import type { BoardQuery } from '#shared/board-query.ts'
import type { BoardId, ViewId } from '#shared/ids.ts'
import type { SavedView } from '#shared/saved-view.ts'
import { errorText } from '../../lib/error-text.ts'
import { texts } from '../../lib/texts/texts.ts'
import { api } from '../../lib/trpc.ts'
import { callStep, editStep } from '../../lib/undo/call-step.ts'
import { recordStep } from '../../lib/undo/undo-store.ts'
import { showToast } from '../../ui/toast.tsx'

/** Keeps what is shown under a name; rejects when it is refused. */
export async function createView(boardId: BoardId, name: string, query: BoardQuery): Promise<SavedView> {
  const view = await api.views.create.mutate({ board_id: boardId, name, query })
  const step = callStep(
    () => remove(view.id),
    () => putBack(view),
  )
  recordStep(boardId, texts.views.savedView(name), step)
  return view
}

/** Rejects when it is refused. */
export async function renameView(view: SavedView, name: string): Promise<void> {
  await api.views.update.mutate({ id: view.id, name })
  const step = editStep(partOf(view), { name: view.name }, { name })
  recordStep(view.board_id, texts.views.renamedView(view.name), step)
}

/** The view shows this from now on. */
export async function updateView(view: SavedView, query: BoardQuery): Promise<void> {
  try {
    await api.views.update.mutate({ id: view.id, query })
    const step = editStep(partOf(view), { query: view.query }, { query })
    const undo = recordStep(view.board_id, texts.views.updatedView(view.name), step)
    showToast({ title: texts.views.updated(view.name), action: { label: texts.views.undo, run: undo } })
  } catch (error) {
    showToast({ tone: 'bad', title: texts.views.notUpdated(view.name), text: errorText(error) })
  }
}

export async function deleteView(view: SavedView): Promise<void> {
  const { id, board_id, name } = view
  try {
    await remove(id)
    const step = callStep(
      () => putBack(view),
      () => remove(id),
    )
    const undo = recordStep(board_id, texts.views.deletedView(name), step)
    showToast({ title: texts.views.viewDeleted(name), action: { label: texts.views.undo, run: undo } })
  } catch (error) {
    showToast({ tone: 'bad', title: texts.views.notDeleted(name), text: errorText(error) })
  }
}

function remove(id: ViewId): Promise<unknown> {
  return api.views.delete.mutate({ id })
}

/** The same view again: what refers to it, such as what a board opens with, still does. */
function putBack({ id, board_id, name, query }: SavedView): Promise<unknown> {
  return api.views.create.mutate({ id, board_id, name, query })
}

function partOf({ id, board_id, name }: SavedView) {
  return {
    name: texts.views.view(name),
    read: async () => (await api.views.list.query({ board_id })).find((one) => one.id === id),
    write: (values: Partial<Pick<SavedView, 'name' | 'query'>>) => api.views.update.mutate({ id, ...values }),
  }
}
