import type { DatabaseState } from '#shared/health.ts'
import type { AppContext } from '../context.ts'

type WatchContext = Pick<AppContext, 'databaseWatch'>

/** Whether the database answers: now, and with each change, until the signal aborts. Costs nothing in between. */
export function followDatabase(ctx: WatchContext, signal: AbortSignal): AsyncGenerator<DatabaseState> {
  return ctx.databaseWatch.follow(signal)
}

/** Looks at once; for those who do not want to wait for the next try. */
export function lookForDatabase(ctx: WatchContext): Promise<DatabaseState> {
  return ctx.databaseWatch.look()
}
