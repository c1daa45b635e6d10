import { initTRPC, tracked } from '@trpc/server'
import type { RingLog } from '#electron/events/ring-log.ts'
import { type BenchEvent, smallAnswer, snapshot } from './shapes.ts'

interface BenchContext {
  log: RingLog<BenchEvent>
  startEvents(): void
}

const t = initTRPC.context<BenchContext>().create()
const small = smallAnswer()
const large = snapshot()

export const benchRouter = t.router({
  small: t.procedure.query(() => small),
  large: t.procedure.query(() => large),
  clock: t.procedure.query(() => performance.now()),
  startEvents: t.procedure.mutation(({ ctx }) => ctx.startEvents()),
  events: t.procedure.subscription(async function* ({ ctx: { log }, signal = new AbortController().signal }) {
    for await (const entry of log.read(log.lastSeq, signal)) {
      yield tracked(String(entry.seq), 'value' in entry ? entry.value : null)
    }
  }),
})
export type BenchRouter = typeof benchRouter
