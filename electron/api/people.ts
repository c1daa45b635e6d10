import { listPeople } from '../services/people.ts'
import { procedure, router } from './trpc.ts'

export const peopleRouter = router({
  /** All who have used this database, by name. */
  list: procedure.query(({ ctx }) => listPeople(ctx)),
  /** Who uses this window. */
  me: procedure.query(({ ctx }) => ctx.actor()),
})
