import { sqlState } from '#db/error.ts'
import * as views from '#db/queries/saved-views.ts'
import { InvalidInputError, NotFoundError, RefusedError } from '#shared/errors.ts'
import { type BoardId, ViewId } from '#shared/ids.ts'
import type { CreateView, SavedView, UpdateView } from '#shared/saved-view.ts'
import { type BoardContext, changeBoard } from './change-board.ts'

const UNIQUE_VIOLATION = '23505'

export function listViews(ctx: Pick<BoardContext, 'db'>, boardId: BoardId): Promise<SavedView[]> {
  return views.listViews(ctx.db, boardId)
}

/** Throws InvalidInputError when the board has a view of that name already, RefusedError when it has this very one. */
export function createView(
  ctx: BoardContext,
  { board_id, name, query, ...given }: CreateView,
): Promise<SavedView> {
  return withFreeName(name, () =>
    changeBoard(ctx, board_id, async ({ tx, tell }) => {
      const id = given.id ?? ViewId.parse(ctx.newId())
      if (given.id && (await views.findBoardOfView(tx, id)))
        throw new RefusedError('NOT_DELETED', `The view “${name}” is there already.`)
      const view = await views.insertView(tx, { id, board_id, name, query, author_id: authorOf(ctx) })
      tell({ type: 'view_created', data: view })
      return view
    }),
  )
}

export async function updateView(ctx: BoardContext, { id, ...values }: UpdateView): Promise<SavedView> {
  const boardId = await boardOf(ctx, id)
  return withFreeName(values.name, () =>
    changeBoard(ctx, boardId, async ({ tx, tell }) => {
      const view = await views.updateView(tx, id, values)
      if (!view) throw new NotFoundError('View', id)
      tell({ type: 'view_updated', data: view })
      return view
    }),
  )
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

async function withFreeName<T>(name: string | undefined, write: () => Promise<T>): Promise<T> {
  try {
    return await write()
  } catch (error) {
    if (sqlState(error) !== UNIQUE_VIOLATION) throw error
    throw new InvalidInputError('VIEW_EXISTS', `There is a view “${name}” already. Choose another name.`)
  }
}
