import { useSyncExternalStore } from 'react'
import type { ExecutionId } from '#shared/ids.ts'

/** What a person has to say to a line of a result, and has not sent yet. */
export interface LineComment {
  id: number
  file: string
  /** In the file as it is now; null: to the file as a whole. */
  line: number | null
  text: string
}

const NONE: readonly LineComment[] = []

/** For as long as the window is open. */
let drafts: ReadonlyMap<ExecutionId, readonly LineComment[]> = new Map()
let lastId = 0
const listeners = new Set<() => void>()

function set(id: ExecutionId, comments: readonly LineComment[]): void {
  drafts = new Map(drafts).set(id, comments)
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** The comments on a result that are not sent yet, and what can be done with them. */
export function useLineComments(id: ExecutionId) {
  const comments = useSyncExternalStore(subscribe, () => drafts.get(id) ?? NONE)
  return {
    comments,
    add: (comment: Omit<LineComment, 'id'>) => {
      lastId += 1
      set(id, [...comments, { ...comment, id: lastId }])
    },
    remove: (commentId: number) =>
      set(
        id,
        comments.filter((one) => one.id !== commentId),
      ),
    clear: () => set(id, NONE),
  }
}
