import childProcess from 'node:child_process'
import { syncBuiltinESMExports } from 'node:module'
import pg from 'pg'

/** What this process had others do between two moments, of `performance.now()`. */
export interface WatchedWork {
  /** Milliseconds in which git ran, once or several times at once. */
  gitTime(from: number, to: number): number
  gitCalls(from: number, to: number): number
  /** Statements that were sent to PostgreSQL, BEGIN and COMMIT among them. */
  statements(from: number, to: number): number
  /** What was begun in that time, in its order: calls of git and statements. */
  spans(from: number, to: number): Span[]
  stop(): void
}

/** A call of git from its start to its end, or a statement until its answer; times of `performance.now()`. */
export interface Span {
  what: string
  from: number
  to: number
}

/** Notes each run of git and each statement of this process, until it is stopped. */
export function watchWork(): WatchedWork {
  const git: Span[] = []
  const statements: Span[] = []
  const { spawn } = childProcess
  childProcess.spawn = ((...args: Parameters<typeof spawn>) => {
    // To start it takes its time, too.
    const span = { what: JSON.stringify(args[1]), from: performance.now(), to: Number.POSITIVE_INFINITY }
    const child = spawn(...args)
    if (args[0] !== 'git') return child
    git.push(span)
    child.once('close', () => {
      span.to = performance.now()
    })
    return child
  }) as typeof spawn
  syncBuiltinESMExports()
  const { query } = pg.Client.prototype
  pg.Client.prototype.query = function (this: pg.Client, ...args: unknown[]) {
    const [first] = args as [string | { text?: string }]
    const what = (typeof first === 'string' ? first : (first.text ?? '')).trim()
    const span = { what, from: performance.now(), to: Number.POSITIVE_INFINITY }
    statements.push(span)
    const end = () => {
      span.to = performance.now()
    }
    const told = args.map((one) => (typeof one === 'function' ? endingWith(one as Callback, end) : one))
    const answer: unknown = Reflect.apply(query, this, told)
    if (answer instanceof Promise) answer.then(end, end)
    return answer
  } as typeof query
  const within = (spans: readonly Span[], from: number, to: number) =>
    spans.filter((span) => span.from >= from && span.from < to)
  return {
    gitTime: (from, to) => covered(git, from, to),
    gitCalls: (from, to) => within(git, from, to).length,
    statements: (from, to) => within(statements, from, to).length,
    spans: (from, to) =>
      [...within(statements, from, to), ...within(git, from, to)].sort((a, b) => a.from - b.from),
    stop() {
      childProcess.spawn = spawn
      syncBuiltinESMExports()
      pg.Client.prototype.query = query
    },
  }
}

/** How much of the time between two moments the spans cover, which are in the order of their beginnings. */
function covered(spans: readonly Span[], from: number, to: number): number {
  let [time, end] = [0, from]
  for (const span of spans) {
    const begin = Math.max(span.from, end)
    const stop = Math.min(span.to, to)
    if (stop > begin) time += stop - begin
    end = Math.max(end, Math.min(to, stop))
  }
  return time
}

type Callback = (...args: unknown[]) => unknown

function endingWith(callback: Callback, end: () => void) {
  return (...args: unknown[]) => {
    end()
    return callback(...args)
  }
}
