import { tracked } from '@trpc/server'
import { FollowActivity, ListActivity } from '#shared/activity.ts'
import { followActivity, listActivity } from '../services/activity.ts'
import { signalOf } from './signal.ts'
import { procedure, router } from './trpc.ts'

export const activityRouter = router({
  /** A page of the feed of a board, or of one card on it; newest first. */
  list: procedure.input(ListActivity).query(({ ctx, input }) => listActivity(ctx, input)),
  /** What is added to it, oldest first; resumable after `lastEventId`. */
  onActivity: procedure.input(FollowActivity).subscription(async function* ({ ctx, input, signal }) {
    for await (const activity of followActivity(ctx, input, signalOf(signal)))
      yield tracked(activity.id, activity)
  }),
})
