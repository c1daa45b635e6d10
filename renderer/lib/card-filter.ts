import type { TaskCard } from '#shared/task.ts'

/** Which cards a board shows, and in which order. */
export interface CardFilter {
  /** Null: all of them. */
  matches: ((card: TaskCard) => boolean) | null
  /** Null: by their places. */
  compare: ((a: TaskCard, b: TaskCard) => number) | null
}
