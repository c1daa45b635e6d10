import { AnswerApproval, ListApprovals } from '#shared/approval.ts'
import * as approvals from '../services/approvals.ts'
import { signalOf } from './signal.ts'
import { procedure, router } from './trpc.ts'

export const approvalsRouter = router({
  /** The inbox of all boards; with `answered` what was in it before. */
  list: procedure.input(ListApprovals).query(({ ctx, input }) => approvals.listApprovals(ctx, input)),
  answer: procedure.input(AnswerApproval).mutation(({ ctx, input }) => approvals.answerApproval(ctx, input)),
  /** How many wait, now and at each change; then the list may be read anew. */
  onChange: procedure.subscription(({ ctx, signal }) => approvals.followApprovals(ctx, signalOf(signal))),
})
