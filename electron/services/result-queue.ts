import type { ExecutionId } from '#shared/ids.ts'

/** The tail of each execution's queue; an entry leaves when nothing waits behind it. */
const tails = new Map<ExecutionId, Promise<unknown>>()

/**
 * Merging, discarding and resuming one execution, one after the other: each takes a while in git, and must see what
 * the one before has made of it. The workspace is on this machine, so are all who can reach for it.
 */
export async function inResultQueue<T>(id: ExecutionId, work: () => Promise<T>): Promise<T> {
  const turn = (tails.get(id) ?? Promise.resolve()).then(work)
  const tail = turn.catch(() => undefined)
  tails.set(id, tail)
  try {
    return await turn
  } finally {
    if (tails.get(id) === tail) tails.delete(id)
  }
}
