import type { BoardId } from '#shared/ids.ts'

/** What an app process of the soak is started with. */
export interface SoakAppOptions {
  name: string
  databaseUrl: string
  dataFolder: string
  seed: number
  perSecond: number
  boards: BoardId[]
  /** Behind which event each board's reader goes on: it outlives the process. */
  readers: Record<BoardId, string>
}

/** What the runner tells an app, a line of JSON each. */
export type Order =
  | { do: 'stop writing' }
  /** Answer with what each window draws, once it has seen all events up to these. */
  | { do: 'settle'; until: Record<BoardId, string> }
  | { do: 'close' }

/** A change that the app was told is done. */
export interface Acknowledged {
  /** Of the event that tells it. */
  type: string
  board: BoardId
  id: string
  /** Of the answer; deletions answer with the id alone. */
  updated_at?: string
}

/** What an app tells the runner, a line of JSON each, as it happens: it may be killed at any moment. */
export type Word =
  | { say: 'ready' }
  /** A window has read the board anew: events behind `after` follow. */
  | { say: 'opened'; board: BoardId; after: string }
  | { say: 'seen'; by: 'window' | 'reader'; board: BoardId; ids: string[] }
  | ({ say: 'done' } & Acknowledged)
  | { say: 'refused'; code: string }
  /** A change that was due, with too many under way already. */
  | { say: 'skipped' }
  | { say: 'stopped' }
  | { say: 'drawn'; board: BoardId; drawing: string }
  | { say: 'not started'; code: string; message: string }
  | { say: 'broken'; message: string }
