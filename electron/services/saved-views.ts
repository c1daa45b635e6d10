import * as views from '#db/queries/saved-views.ts'
import { InvalidInputError, NotFoundError, RefusedError } from '#shared/errors.ts'
import { type BoardId, ViewId } from '#shared/ids.ts'
import type { CreateView, SavedView, UpdateView } from '#shared/saved-view.ts'
import { type BoardChange, type BoardContext, changeBoard } from './change-board.ts'

export function listViews(ctx: Pick<BoardContext, 'db'>, boardId: BoardId): Promise<SavedView[]> {
  return views.listViews(ctx.db, boardId)
}

/** Throws InvalidInputError when the board has a view of that name already, RefusedError when it has this very one. */
export function createView(
  ctx: BoardContext,
  { board_id, name, query, ...given }: CreateView,
): Promise<SavedView> {
  return changeBoard(ctx, board_id, async (work) => {
    const { tx, tell } = work
    const id = given.id ?? ViewId.parse(ctx.newId())
    if (given.id && (await views.findBoardOfView(tx, id)))
      throw new RefusedError('NOT_DELETED', `The view “${name}” is there already.`)
    await refuseTaken(work, name, null)
    const view = await views.insertView(tx, { id, board_id, name, query, author_id: authorOf(ctx) })
    tell({ type: 'view_created', data: view })
    return view
  })
}

export async function updateView(ctx: BoardContext, { id, ...values }: UpdateView): Promise<SavedView> {
  return changeBoard(ctx, await boardOf(ctx, id), async (work) => {
    if (values.name !== undefined) await refuseTaken(work, values.name, id)
    const view = await views.updateView(work.tx, id, values)
    if (!view) throw new NotFoundError('View', id)
    work.tell({ type: 'view_updated', data: view })
    return view
  })
}

export async function deleteView(ctx: BoardContext, id: ViewId): Promise<{ id: ViewId }> {
  return changeBoard(ctx, await boardOf(ctx, id), async ({ tx, tell }) => {
    if (!(await views.deleteView(tx, id))) throw new NotFoundError('View', id)
    tell({ type: 'view_deleted', data: { id } })
    return { id }
  })
}

function authorOf(ctx: BoardContext): string {
  const { id, name } = ctx.actor()
  return id ?? name.slice(0, 100)
}

async function boardOf(ctx: BoardContext, id: ViewId): Promise<BoardId> {
  const boardId = await views.findBoardOfView(ctx.db, id)
  if (!boardId) throw new NotFoundError('View', id)
  return boardId
}

async function refuseTaken({ tx, board }: BoardChange, name: string, own: ViewId | null): Promise<void> {
  if (!(await views.isViewNamed(tx, board.id, name, own))) return
  throw new InvalidInputError('VIEW_EXISTS', `There is a view “${name}” already. Choose another name.`)
}
