import { CHANNEL } from '#db/listener.ts'
import { notify } from '#db/queries/board-events.ts'
import { findBoard } from '#db/queries/boards.ts'
import { listOthers, markAbsent, markPresent, removeSilent } from '#db/queries/presence.ts'
import { NotFoundError } from '#shared/errors.ts'
import type { BoardId, UserId } from '#shared/ids.ts'
import type { Presence } from '#shared/presence.ts'
import type { AppContext } from '../context.ts'

type PresenceContext = Pick<AppContext, 'db' | 'wakeups' | 'instanceId' | 'actor' | 'log'>

export interface PresenceOptions {
  userId: UserId
  /** How often an app gives a sign of life, milliseconds. */
  beatMs?: number
  /** After how long without one it counts as gone. */
  silentSeconds?: number
}

/** Which boards this app has open, and who else has them open. */
export interface PresenceBook extends AsyncDisposable {
  /**
   * Says that a window has the board open, until the signal aborts, and yields the others: at once, then whenever
   * somebody comes or goes. All windows of this app count as one.
   */
  onBoard(boardId: BoardId, signal: AbortSignal): AsyncGenerator<Presence[]>
}

const BEAT_MS = 20_000
const SILENT_SECONDS = 60

interface Open {
  windows: number
  /** What was written last is the truth: coming and going wait for each other. */
  writing: Promise<void>
  heart: NodeJS.Timeout
}

export function openPresence(ctx: PresenceContext, options: PresenceOptions): PresenceBook {
  const { userId, beatMs = BEAT_MS, silentSeconds = SILENT_SECONDS } = options
  const boards = new Map<BoardId, Open>()
  /** Not over yet: whoever closes the database waits for them, else nobody is told of the last leaving. */
  const underWay = new Set<Promise<void>>()
  const told = (boardId: BoardId) => notify(ctx.db, CHANNEL, `presence:${boardId}`)

  /** A database that does not answer is no reason to end: the next beat tries again. */
  const write = (boardId: BoardId, open: Open, work: () => Promise<void>): Promise<void> => {
    open.writing = open.writing.then(work).catch((error: unknown) => {
      ctx.log.debug({ err: error, board_id: boardId }, 'presence was not written')
    })
    const { writing } = open
    underWay.add(writing)
    void writing.then(() => underWay.delete(writing))
    return writing
  }
  const beat = async (boardId: BoardId): Promise<void> => {
    const viewer = { boardId, instanceId: ctx.instanceId, userId, name: ctx.actor().name }
    const isNew = await markPresent(ctx.db, viewer)
    const areGone = await removeSilent(ctx.db, boardId, silentSeconds)
    if (isNew || areGone) await told(boardId)
  }
  const enter = (boardId: BoardId): Open => {
    const known = boards.get(boardId)
    if (known) {
      known.windows += 1
      return known
    }
    const heart = setInterval(() => void write(boardId, open, () => beat(boardId)), beatMs)
    heart.unref()
    const open: Open = { windows: 1, writing: Promise.resolve(), heart }
    boards.set(boardId, open)
    void write(boardId, open, () => beat(boardId))
    return open
  }
  const leave = async (boardId: BoardId, open: Open): Promise<void> => {
    open.windows -= 1
    await write(boardId, open, async () => {
      if (open.windows > 0 || boards.get(boardId) !== open) return
      boards.delete(boardId)
      clearInterval(open.heart)
      await markAbsent(ctx.db, boardId, ctx.instanceId)
      await told(boardId)
    })
  }

  return {
    async *onBoard(boardId, signal) {
      if (!(await findBoard(ctx.db, boardId))) throw new NotFoundError('Board', boardId)
      using ear = ctx.wakeups.listen(`presence:${boardId}`)
      const open = enter(boardId)
      try {
        await open.writing
        let before = ''
        while (!signal.aborted) {
          const others = await listOthers(ctx.db, boardId, ctx.instanceId, silentSeconds).catch(() => null)
          const now = JSON.stringify(others)
          if (others && now !== before) yield others
          if (others) before = now
          await ear.heard(signal)
        }
      } finally {
        await leave(boardId, open)
      }
    },
    async [Symbol.asyncDispose]() {
      const ending = [...boards].map(([boardId, open]) => {
        open.windows = 1
        return leave(boardId, open)
      })
      await Promise.all([...ending, ...underWay])
    },
  }
}
