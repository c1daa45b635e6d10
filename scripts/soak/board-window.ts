import type { createTRPCClient } from '@trpc/client'
import type { AppRouter } from '#electron/api/router.ts'
import type { BoardMessage } from '#shared/board-event.ts'
import type { BoardId } from '#shared/ids.ts'
import { applyEvents } from '../../renderer/features/board/apply-event.ts'
import { type BoardState, columnsInOrder, toBoardState } from '../../renderer/features/board/board-state.ts'
import { withPage } from '../../renderer/features/board/change-cards.ts'
import { followLive } from '../../renderer/lib/live.ts'

/** Few, so that pages are under way while events come. */
const FIRST_CARDS = 5
const PAGE = 40

export type Api = ReturnType<typeof createTRPCClient<AppRouter>>

export interface WatchedEvents {
  opened(after: string): void
  seen(ids: string[]): void
}

/** An open board as the window holds it: snapshot, subscription and reducer are the window's own. */
export class BoardWindow {
  readonly #api: Api
  readonly #id: BoardId
  readonly #events: WatchedEvents
  #state: BoardState | undefined
  #waiting: (() => void)[] = []

  constructor(api: Api, id: BoardId, events: WatchedEvents) {
    this.#api = api
    this.#id = id
    this.#events = events
  }

  get state(): BoardState | undefined {
    return this.#state
  }

  /** Reads the board and follows it; reads it anew when it is told to. */
  async open(): Promise<void> {
    const opened = await this.#api.boards.open.query({ id: this.#id, per_column: FIRST_CARDS })
    const state = toBoardState(opened, this.#state)
    this.#state = state
    this.#events.opened(state.lastEventId)
    const close = followBoard(this.#api, this.#id, state.lastEventId, (lines) => {
      if (this.#state) this.#state = applyEvents(this.#state, lines)
      this.#events.seen(lines.filter(({ data }) => data.type !== 'snapshot_needed').map(({ id }) => id))
      for (const look of this.#waiting) look()
      if (!lines.some(({ data }) => data.type === 'snapshot_needed')) return
      close()
      void this.#openAgain()
    })
    await this.#readRest(state.snapshot)
  }

  /** The further cards, page by page, while events come. */
  async #readRest(snapshot: symbol): Promise<void> {
    while (this.#state?.snapshot === snapshot && this.#state.loading) {
      const { after } = this.#state.loading
      const page = await this.#api.boards.cards.query({ board_id: this.#id, after, limit: PAGE })
      if (this.#state.snapshot === snapshot) this.#state = withPage(this.#state, page)
    }
    for (const look of this.#waiting) look()
  }

  async #openAgain(): Promise<void> {
    while (
      !(await this.open().then(
        () => true,
        () => false,
      ))
    ) {
      await new Promise((resolve) => setTimeout(resolve, 250))
    }
  }

  /** What is on the screen once all events up to this one have come. */
  async drawnAfter(id: string): Promise<string> {
    await new Promise<void>((resolve) => {
      const look = () => {
        if (this.#state?.loading === null && BigInt(this.#state.lastEventId) >= BigInt(id)) resolve()
      }
      this.#waiting.push(look)
      look()
    })
    return this.#state ? draw(this.#state) : ''
  }
}

/** What a board looks like, as text that can be compared. */
export function draw(state: BoardState): string {
  // Giving a card its number touches the board's row; nobody shows when that was, so no event tells it.
  const { updated_at: _touched, ...board } = state.board
  const columns = columnsInOrder(state).map((column) => ({ column, cards: state.cards.get(column.id) }))
  return JSON.stringify({ board, deleted: state.isDeleted, columns }, inOrderOfKeys, 1)
}

/** A row that was read and one that came with an event have their fields in different orders. */
function inOrderOfKeys(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** The window's subscription to a board (see use-board-live.ts), without React. */
export function followBoard(
  api: Api,
  boardId: BoardId,
  after: string,
  onBatch: (lines: readonly { id: string; data: BoardMessage }[]) => void,
): () => void {
  return followLive<BoardMessage>({
    lastEventId: after,
    open: (lastEventId, { onStarted, onData, onError }) => {
      const subscription = api.boards.onEvent.subscribe(
        { boardId, lastEventId },
        { onStarted, onData, onError },
      )
      return () => subscription.unsubscribe()
    },
    onBatch,
  })
}
