import { z } from 'zod'
import { PolicyRuleId } from '#shared/ids.ts'
import { CreatePolicyRule, ListPolicyRules } from '#shared/policy.ts'
import * as policies from '../services/policies.ts'
import { procedure, router } from './trpc.ts'

export const policiesRouter = router({
  list: procedure
    .input(ListPolicyRules)
    .query(({ ctx, input }) => policies.listPolicyRules(ctx, input.board_id)),
  /** Of boards that have chosen none. */
  defaultMode: procedure.query(({ ctx }) => policies.permissionDefault(ctx)),
  create: procedure
    .input(CreatePolicyRule)
    .mutation(({ ctx, input }) => policies.createPolicyRule(ctx, input)),
  /** Answers the rule that was removed: `create` makes it again. */
  remove: procedure
    .input(z.strictObject({ id: PolicyRuleId }))
    .mutation(({ ctx, input }) => policies.removePolicyRule(ctx, input.id)),
})
