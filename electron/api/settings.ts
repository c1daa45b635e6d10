import { z } from 'zod'
import { UpdatePreferences } from '#shared/preferences.ts'
import { signalOf } from './signal.ts'
import { procedure, router } from './trpc.ts'

export const settingsRouter = router({
  preferences: procedure.query(({ ctx }) => ctx.preferences.get()),
  updatePreferences: procedure
    .input(UpdatePreferences)
    .mutation(({ ctx, input }) => ctx.preferences.update(input)),
  providers: procedure.query(({ ctx }) => ctx.providers.statuses()),
  credential: procedure.query(({ ctx }) => ctx.credentials.status()),
  setCredential: procedure
    .input(z.strictObject({ key: z.string().trim().min(8, 'This key is too short.').max(500) }))
    .mutation(({ ctx, input }) => ctx.credentials.store(input.key)),
  /** Asks the API with the key, which stays in this process. Ended by ending the call. */
  tryCredential: procedure.mutation(({ ctx, signal }) => ctx.providers.tryKey(signalOf(signal))),
  clearCredential: procedure.mutation(({ ctx }) => ctx.credentials.clear()),
})
