import { z } from 'zod'
import {
  ExportLog,
  OutlineLog,
  OutlineOutput,
  ReadLog,
  ReadOutput,
  SearchLog,
} from '#shared/execution-log.ts'
import { FollowWork } from '#shared/running.ts'
import * as log from '../services/execution-log.ts'
import { exportLog } from '../services/export-log.ts'
import { followRunning, followWork, runningExecutions } from '../services/running.ts'
import { signalOf } from './signal.ts'
import { procedure } from './trpc.ts'

/** What agents have done, read in parts, and what is at work now. They are procedures of `executions`. */
export const logProcedures = {
  /** Some chunks of a log, whole; without a choice the last ones. What follows them is live: `onEvent`. */
  events: procedure.input(ReadLog).query(({ ctx, input }) => log.readLog(ctx, input)),
  outline: procedure.input(OutlineLog).query(({ ctx, input }) => log.outlineLog(ctx, input)),
  searchEvents: procedure.input(SearchLog).query(({ ctx, input }) => log.searchLog(ctx, input)),
  outputOutline: procedure.input(OutlineOutput).query(({ ctx, input }) => log.outlineOutput(ctx, input)),
  output: procedure.input(ReadOutput).query(({ ctx, input }) => log.readOutput(ctx, input)),
  /** Into a file that the person names in the system's dialog; null when they cancel. */
  exportEvents: procedure
    .input(ExportLog)
    .mutation(({ ctx, input, signal }) => exportLog(ctx, input, signalOf(signal))),
  /** How far the export has come that was begun under this id. */
  onExportProgress: procedure
    .input(z.strictObject({ export_id: z.uuid() }))
    .subscription(({ ctx, input, signal }) => ctx.progress.follow(input.export_id, signalOf(signal))),
  /** Everything that is at work or waits, over all boards. */
  running: procedure.query(({ ctx }) => runningExecutions(ctx)),
  /** The same whenever it has changed, at most once a second. */
  onRunning: procedure.subscription(({ ctx, signal }) => followRunning(ctx, signalOf(signal))),
  /** What is being done on a board, at most once a second; it is told, and not kept. */
  onWork: procedure
    .input(FollowWork)
    .subscription(({ ctx, input, signal }) => followWork(ctx, input.board_id, signalOf(signal))),
}
