import type { Db } from '#db/client.ts'
import { signAs } from '#db/queries/author.ts'
import { type BoardOf, lockBoard } from '#db/queries/lock-board.ts'
import { inSharedTransaction } from '#db/shared-transaction.ts'
import { inTransaction, type TransactionOptions } from '#db/transaction.ts'
import type { Actor } from '#shared/actor.ts'
import type { Board } from '#shared/board.ts'
import { NotFoundError } from '#shared/errors.ts'
import type { BoardId } from '#shared/ids.ts'
import type { AppContext } from '../context.ts'
import { logContext } from '../log-context.ts'
import { type Outbox, openOutbox } from './outbox.ts'

export type BoardContext = Pick<AppContext, 'db' | 'wakeups' | 'now' | 'newId' | 'actor'>

/** What a change of a board works with: its transaction, the locked board, and the outbox. */
export interface BoardChange extends Pick<Outbox, 'tell' | 'note' | 'wake'> {
  tx: Db
  board: Board
  /** Does something once the change is committed; not at all when it is not. */
  after(act: () => void): void
}

export interface ChangeOptions {
  /** Also a board in the trash. */
  trashed?: boolean
  /** Who makes the change; else the person of this app. */
  actor?: Actor
  /** A short change of this board: it may share its transaction with others that wait for the board. */
  sharedOn?: BoardId | undefined
}

/**
 * The one way to change a board, named by its own id or by what is on it: one transaction holds the board, the rows,
 * their audit records, the activity and the events; windows hear of it after the commit, once and in order.
 * Throws NotFoundError when the board is not there.
 */
export function changeBoard<T>(
  ctx: BoardContext,
  of: BoardId | BoardOf,
  change: (work: BoardChange) => Promise<T>,
  options: ChangeOptions = {},
): Promise<T> {
  return changeBoardFrom(ctx, of, async () => undefined, change, options)
}

/**
 * The same for a change that begins with a statement for which everything is known before: `first` is sent right behind
 * the lock, without waiting for it, and is undone when the board is not there. Saves a round trip.
 */
export async function changeBoardFrom<T, First>(
  ctx: BoardContext,
  of: BoardId | BoardOf,
  first: (tx: Db) => Promise<First>,
  change: (work: BoardChange, begun: First) => Promise<T>,
  options: ChangeOptions = {},
): Promise<T> {
  const place = typeof of === 'string' ? { board: of } : of
  const actor = options.actor ?? ctx.actor()
  const author = authorOf(actor)
  const { value, boardId, acts } = await inSharedTransaction(ctx.db, options.sharedOn, async (tx, last) => {
    const [board, begun] = await Promise.all([lockBoard(tx, place, author, options.trashed), first(tx)])
    if (!board) throw notFound(place)
    const outbox = openOutbox(board.id, actor)
    const { tell, note, wake } = outbox
    const acts: (() => void)[] = []
    const value = await change({ tx, board, tell, note, wake, after: (act) => acts.push(act) }, begun)
    last(outbox.write(tx))
    return { value, boardId: board.id, acts }
  })
  ctx.wakeups.wake(`board:${boardId}`)
  for (const act of acts) act()
  return value
}

/** The same for a board that is only being made, which nobody can hold or hear yet. */
export async function makeBoard<T>(
  ctx: BoardContext,
  id: BoardId,
  make: (work: Omit<BoardChange, 'board' | 'after'>) => Promise<T>,
  options: TransactionOptions = {},
): Promise<T> {
  const actor = ctx.actor()
  const value = await inTransaction(
    ctx.db,
    async (tx, last) => {
      await signAs(tx, authorOf(actor))
      const outbox = openOutbox(id, actor)
      const { tell, note, wake } = outbox
      const made = await make({ tx, tell, note, wake })
      last(outbox.write(tx))
      return made
    },
    options,
  )
  ctx.wakeups.wake('boards')
  return value
}

/** Runs changes of what is on no board, signed by the person of this app. */
export function changeSigned<T>(
  ctx: Pick<BoardContext, 'db' | 'actor'>,
  change: (tx: Db) => Promise<T>,
): Promise<T> {
  return inTransaction(ctx.db, async (tx) => {
    await signAs(tx, authorOf(ctx.actor()))
    return change(tx)
  })
}

function authorOf(actor: Actor) {
  return { actor, correlationId: logContext()?.correlation_id ?? null }
}

function notFound(of: BoardOf): NotFoundError {
  if ('task' in of) return new NotFoundError('Task', of.task)
  if ('execution' in of) return new NotFoundError('Execution', of.execution)
  return 'column' in of ? new NotFoundError('Column', of.column) : new NotFoundError('Board', of.board)
}
