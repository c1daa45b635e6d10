import { ClipboardText } from '#shared/clipboard.ts'
import { followDatabase, lookForDatabase } from '../services/database-state.ts'
import { checkGit, getDatabaseHealth, getHealth, getReadiness, listChecks } from '../services/health.ts'
import { signalOf } from './signal.ts'
import { procedure, router } from './trpc.ts'

export const systemRouter = router({
  /** Never throws (seed 1, section 5.1; seed 2). */
  health: procedure.query(({ ctx }) => getHealth(ctx)),
  /** Never throws (seed 2). */
  healthDb: procedure.query(({ ctx }) => getDatabaseHealth(ctx)),
  /** Whether the database answers: at the start, and with each change. */
  onDatabase: procedure.subscription(async function* ({ ctx, signal }) {
    yield* followDatabase(ctx, signalOf(signal))
  }),
  /** Tries at once, instead of with the next turn, and tells what came of it. */
  lookForDatabase: procedure.mutation(({ ctx }) => lookForDatabase(ctx)),
  /** Connections of this app; `waiting` are those who queue for one. */
  poolStatus: procedure.query(({ ctx }) => ctx.poolStatus()),
  /** Whether work can begin. */
  ready: procedure.query(({ ctx, signal }) => getReadiness(ctx, signalOf(signal))),
  /** A page may write on the clipboard only while its document has the focus; the app may at any time. */
  copyText: procedure.input(ClipboardText).mutation(({ ctx, input }) => ctx.desktop.copyText(input.text)),
  /** Whether git is there, and new enough. */
  git: procedure.query(({ signal }) => checkGit(signalOf(signal))),
  /** What is installed, what is missing and how to fix it. */
  checks: procedure.query(({ ctx, signal }) => listChecks(ctx, signalOf(signal))),
})
