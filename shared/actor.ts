import { z } from 'zod'

/** Who changes something: the person at this computer, an agent (named after its provider), or the app itself. */
export const Actor = z.object({
  type: z.enum(['person', 'agent', 'system']),
  /** Of a person the id of the user; null where there is none. */
  id: z.string().nullable(),
  name: z.string(),
})
export type Actor = z.infer<typeof Actor>

/** Stands for the app's own work: recovery, retention. */
export const SYSTEM: Actor = { type: 'system', id: null, name: 'Agent Rangers' }
