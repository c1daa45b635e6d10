/** One line of the benchmark's table. */
export interface BenchRow {
  /** Stable and unique, such as `ipc.query`. */
  id: string
  /** What was measured, for people. */
  what: string
  value: number
  /** `x` for a ratio, `ms`, `MB` … */
  unit: string
  goal: number
  met: boolean
  /** What else was seen, such as the two sides of a ratio. */
  note: string
}

/** What a benchmark is given. */
export interface BenchContext {
  /** Starts the runtime on a folder that holds a built app: program and first arguments. */
  electron: readonly string[]
  /** A folder to build in; kept from run to run. */
  cache: string
  /** Aborts when the run is to end. */
  signal: AbortSignal
}

/** A module in this folder is a benchmark when it exports `bench` of this type. */
export type Bench = (context: BenchContext) => Promise<BenchRow[]>

/** A row whose value should be at most the goal. */
export function atMost(goal: number, row: Omit<BenchRow, 'goal' | 'met'>): BenchRow {
  return { ...row, goal, met: Number.isFinite(row.value) && row.value <= goal }
}
