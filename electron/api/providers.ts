import { z } from 'zod'
import { InstallAgent, ProviderId } from '#shared/provider.ts'
import * as providers from '../services/providers.ts'
import { signalOf } from './signal.ts'
import { procedure, router } from './trpc.ts'

const One = z.strictObject({ id: ProviderId })

export const providersRouter = router({
  /** Every agent that the app knows: found with its version, or how to install it. Slow the first time. */
  catalogue: procedure
    .input(z.strictObject({ refresh: z.boolean().default(false) }).default({ refresh: false }))
    .query(({ ctx, input, signal }) => providers.listAgents(ctx, input, signalOf(signal))),
  models: procedure
    .input(One)
    .query(({ ctx, input, signal }) => providers.listModels(ctx, input.id, signalOf(signal))),
  /** Ended by ending the call. */
  install: procedure
    .input(InstallAgent)
    .mutation(({ ctx, input, signal }) => providers.installAgent(ctx, input, signalOf(signal))),
  onInstall: procedure
    .input(z.strictObject({ install_id: z.uuid() }))
    .subscription(({ ctx, input, signal }) => ctx.progress.follow(input.install_id, signalOf(signal))),
  /** Only what the app has installed by itself. */
  remove: procedure
    .input(One)
    .mutation(({ ctx, input, signal }) => providers.removeAgent(ctx, input.id, signalOf(signal))),
})
