import { tracked } from '@trpc/server'
import { z } from 'zod'
import { SetExecutionBudget } from '#shared/budget.ts'
import { AnswerQuestions } from '#shared/clarification.ts'
import { ChooseBase } from '#shared/diff.ts'
import { StartAlternatives, StartExecution, StartExecutions } from '#shared/execution.ts'
import { RequestChanges, SendMessage } from '#shared/execution-message.ts'
import { ExecutionId, MessageId, TaskId } from '#shared/ids.ts'
import { SettleLeftFiles } from '#shared/left-file.ts'
import { CompareRounds, RoundPatch } from '#shared/round.ts'
import { mergeResult, pickAlternative, startAlternatives } from '../services/alternatives.ts'
import { limitsOfExecution, setExecutionBudget } from '../services/budgets.ts'
import * as checks from '../services/checks.ts'
import { chooseBase } from '../services/choose-base.ts'
import * as clarification from '../services/clarification.ts'
import * as messages from '../services/execution-messages.ts'
import { listQueue } from '../services/execution-queue.ts'
import * as executions from '../services/executions.ts'
import { followExecution } from '../services/follow-execution.ts'
import { listHalfMerged } from '../services/half-merged.ts'
import { interruptedMerge, takeBackMerge } from '../services/interrupted-merge.ts'
import { approveExecution, requestChanges } from '../services/judge.ts'
import * as leftFiles from '../services/left-files.ts'
import { pauseAll, pauseExecution, resumeAll } from '../services/pause.ts'
import * as repositoryGuard from '../services/repository-guard.ts'
import { restoreDiscarded } from '../services/restore-discarded.ts'
import * as results from '../services/results.ts'
import { previewRevertMerge, revertMerge } from '../services/revert-merge.ts'
import * as rounds from '../services/rounds.ts'
import { startExecutions } from '../services/start-many.ts'
import { startOver } from '../services/start-over.ts'
import { logProcedures } from './execution-log.ts'
import { signalOf } from './signal.ts'
import { procedure, router } from './trpc.ts'

const One = z.strictObject({ id: ExecutionId })

export const executionsRouter = router({
  ...logProcedures,
  start: procedure.input(StartExecution).mutation(({ ctx, input }) => executions.startExecution(ctx, input)),
  /** The same agents anew, from this computer's copy of the project; the earlier run stays. */
  startOver: procedure
    .input(One)
    .mutation(({ ctx, input, signal }) => startOver(ctx, input.id, signalOf(signal))),
  startMany: procedure.input(StartExecutions).mutation(({ ctx, input }) => startExecutions(ctx, input)),
  cancel: procedure.input(One).mutation(({ ctx, input }) => executions.cancelExecution(ctx, input.id)),
  resume: procedure.input(One).mutation(({ ctx, input }) => executions.resumeExecution(ctx, input.id)),
  /** A call of its model that has failed is not waited for any longer; false: nothing waits here. */
  tryNow: procedure.input(One).mutation(({ ctx, input }) => ctx.orchestrator.retries.hurry(input.id)),
  /** What bounds the calls of a run, and which of it is used up. */
  limits: procedure.input(One).query(({ ctx, input }) => limitsOfExecution(ctx, input.id)),
  /** Raising it goes on with what it had stopped. */
  setBudget: procedure.input(SetExecutionBudget).mutation(({ ctx, input }) => setExecutionBudget(ctx, input)),
  /** Stops it until it is resumed; nothing of it runs meanwhile. */
  pause: procedure.input(One).mutation(({ ctx, input }) => pauseExecution(ctx, input.id)),
  pauseAll: procedure.mutation(({ ctx }) => pauseAll(ctx)),
  resumeAll: procedure.mutation(({ ctx }) => resumeAll(ctx)),
  /** What waits for room, in its order. */
  queue: procedure.query(({ ctx }) => listQueue(ctx)),
  /** A person takes the result as it is. */
  approve: procedure.input(One).mutation(({ ctx, input }) => approveExecution(ctx, input.id)),
  /** A person's review: a further round mends what it names. */
  requestChanges: procedure.input(RequestChanges).mutation(({ ctx, input }) => requestChanges(ctx, input)),
  messages: procedure.input(One).query(({ ctx, input }) => messages.listMessages(ctx, input.id)),
  sendMessage: procedure.input(SendMessage).mutation(({ ctx, input }) => messages.sendMessage(ctx, input)),
  withdrawMessage: procedure
    .input(z.strictObject({ id: MessageId }))
    .mutation(({ ctx, input }) => messages.withdrawMessage(ctx, input.id)),
  questions: procedure.input(One).query(({ ctx, input }) => clarification.listQuestions(ctx, input.id)),
  /** Without answers the questions are skipped. */
  answerQuestions: procedure
    .input(AnswerQuestions)
    .mutation(({ ctx, input }) => clarification.answerQuestions(ctx, input)),
  /** The same card by several agents at once. */
  startAlternatives: procedure
    .input(StartAlternatives)
    .mutation(({ ctx, input }) => startAlternatives(ctx, input)),
  /** Keeps one of several alternatives; the others are thrown away, and stay recoverable. */
  pick: procedure
    .input(One)
    .mutation(({ ctx, input, signal }) => pickAlternative(ctx, input.id, signalOf(signal))),
  list: procedure
    .input(z.strictObject({ task_id: TaskId }))
    .query(({ ctx, input }) => executions.listExecutions(ctx, input.task_id)),
  get: procedure.input(One).query(({ ctx, input }) => executions.getExecution(ctx, input.id)),
  /** What the agents do, line by line, in order; resumable after `lastEventId` (a sequence number). */
  onEvent: procedure
    .input(z.object({ executionId: ExecutionId, lastEventId: z.string().regex(/^\d+$/).optional() }))
    .subscription(async function* ({ ctx, input, signal }) {
      const after = Number(input.lastEventId ?? 0)
      for await (const event of followExecution(ctx, input.executionId, after, signalOf(signal))) {
        yield tracked(String(event.sequence), event)
      }
    }),
  /** The commands of the project that were run for it, in their order. */
  checks: procedure.input(One).query(({ ctx, input }) => checks.listChecks(ctx, input.id)),
  /** Starts the project in the workspace, for the person to try it. */
  runProject: procedure.input(One).mutation(({ ctx, input }) => checks.runProject(ctx, input.id)),
  stopProject: procedure.input(One).mutation(({ ctx, input }) => checks.stopProject(ctx, input.id)),
  /** All changes against the base, with uncommitted ones while agents work. */
  diff: procedure
    .input(One)
    .query(({ ctx, input, signal }) => results.getDiff(ctx, input.id, signalOf(signal))),
  patch: procedure
    .input(z.strictObject({ id: ExecutionId, path: z.string().min(1).max(4096) }))
    .query(({ ctx, input, signal }) => results.getPatch(ctx, input.id, input.path, signalOf(signal))),
  /** Two finished rounds side by side, with what is different between them. */
  compareRounds: procedure
    .input(CompareRounds)
    .query(({ ctx, input, signal }) => rounds.compareRounds(ctx, input, signalOf(signal))),
  roundPatch: procedure
    .input(RoundPatch)
    .query(({ ctx, input, signal }) => rounds.roundPatch(ctx, input, signalOf(signal))),
  previewMerge: procedure
    .input(One)
    .query(({ ctx, input, signal }) => results.previewMerge(ctx, input.id, signalOf(signal))),
  merge: procedure
    .input(One)
    .mutation(({ ctx, input, signal }) => mergeResult(ctx, input.id, signalOf(signal))),
  /** Has it go into another branch. */
  chooseBase: procedure
    .input(ChooseBase)
    .mutation(({ ctx, input, signal }) => chooseBase(ctx, input, signalOf(signal))),
  /** Of a plain folder: what of a merge or its revert is there, when that was interrupted. */
  interruptedMerge: procedure
    .input(One)
    .query(({ ctx, input, signal }) => interruptedMerge(ctx, input.id, signalOf(signal))),
  /** Of all plain folders on this computer: which results are there by halves. */
  halfMerged: procedure.query(({ ctx, signal }) => listHalfMerged(ctx, signalOf(signal))),
  /** Makes the folder what it was before that. */
  takeBackMerge: procedure
    .input(One)
    .mutation(({ ctx, input, signal }) => takeBackMerge(ctx, input.id, signalOf(signal))),
  /** Whether the merge can be taken back; nothing is changed. */
  previewRevertMerge: procedure
    .input(One)
    .query(({ ctx, input, signal }) => previewRevertMerge(ctx, input.id, signalOf(signal))),
  /** Takes the merge back by a new commit; the result waits for the person again. */
  revertMerge: procedure
    .input(One)
    .mutation(({ ctx, input, signal }) => revertMerge(ctx, input.id, signalOf(signal))),
  discard: procedure
    .input(One)
    .mutation(({ ctx, input, signal }) => results.discard(ctx, input.id, signalOf(signal))),
  /** Brings a discarded result back; it waits for the person again. */
  restore: procedure
    .input(One)
    .mutation(({ ctx, input, signal }) => restoreDiscarded(ctx, input.id, signalOf(signal))),
  /** What the project's own commands have made in the workspace, and nobody has decided about. */
  leftFiles: procedure.input(One).query(({ ctx, input }) => leftFiles.leftFiles(ctx, input.id)),
  settleLeftFiles: procedure
    .input(SettleLeftFiles)
    .mutation(({ ctx, input, signal }) => leftFiles.settleLeftFiles(ctx, input, signalOf(signal))),
  /** What was changed outside its own branch while its agents worked, newest first. */
  repositoryChanges: procedure
    .input(One)
    .query(({ ctx, input }) => repositoryGuard.listRepositoryChanges(ctx, input.id)),
  /** By the id of the change. */
  undoRepositoryChange: procedure
    .input(z.strictObject({ id: z.uuid() }))
    .mutation(({ ctx, input, signal }) => repositoryGuard.undoChange(ctx, input.id, signalOf(signal))),
})
