import { useMemo } from 'react'
import { z } from 'zod'
import type { ExecutionId } from '#shared/ids.ts'
import { readTextDraft, useTextDraft, writeTextDraft } from './text-draft.ts'

/** What a person has to say to a line of a result, and has not sent yet. */
const LineComment = z.object({
  id: z.number().int(),
  file: z.string(),
  /** In the file as it is now; null: to the file as a whole. */
  line: z.number().int().nullable(),
  text: z.string(),
})
export type LineComment = z.infer<typeof LineComment>

/** A comment that is still being written; `file`: the person names the line. */
const Unfinished = z.object({ at: z.union([z.number().int(), z.literal('file')]), text: z.string() })
type Unfinished = z.infer<typeof Unfinished>

function parse<T>(schema: z.ZodType<T>, text: string | null): T | null {
  try {
    return schema.parse(JSON.parse(text ?? 'null'))
  } catch {
    return null // there is none, or it is of another version of the app
  }
}

const read = (text: string | null) => parse(z.array(LineComment), text) ?? []

let lastId = 0

/**
 * Higher than all that there were, also than those that are gone: Undo and the end of a sending know comments by their ids,
 * and must not meet another one that was written meanwhile. Milliseconds, so that it holds for other windows and starts too.
 */
function newId(now: readonly LineComment[]): number {
  lastId = Math.max(Date.now(), lastId + 1, ...now.map(({ id }) => id + 1))
  return lastId
}

const editSlot = (id: ExecutionId, comment: number) => `line-comment-edit:${id}:${comment}`
const Edit = z.string()

/** The comments on a result that are not sent yet, and what can be done with them. They outlive window and app. */
export function useLineComments(id: ExecutionId) {
  const name = `line-comments:${id}`
  const kept = useTextDraft(name)
  const comments = useMemo(() => read(kept), [kept])
  /** Another window may have written since. */
  const write = (next: (now: LineComment[]) => LineComment[]) => {
    const changed = next(read(readTextDraft(name)))
    writeTextDraft(name, changed.length === 0 ? '' : JSON.stringify(changed))
  }
  /** With what stands in the forms in which some are being edited: what a person sees is what counts. */
  const asWritten = () =>
    read(readTextDraft(name)).map((one) => {
      const edited = parse(Edit, readTextDraft(editSlot(id, one.id)))?.trim()
      return edited ? { ...one, text: edited } : one
    })
  /** All others stay, those too that were made meanwhile. */
  const remove = (gone: readonly Pick<LineComment, 'id'>[]) => {
    write((now) => now.filter(({ id }) => gone.every((one) => one.id !== id)))
    for (const comment of gone) writeTextDraft(editSlot(id, comment.id), '')
  }
  return {
    comments,
    asWritten,
    remove,
    /** One that was changed while it was on its way stays, to go along the next time. */
    removeSent: (sent: readonly LineComment[]) =>
      remove(asWritten().filter((now) => sent.some((one) => one.id === now.id && one.text === now.text))),
    add: (comment: Omit<LineComment, 'id'>) => write((now) => [...now, { ...comment, id: newId(now) }]),
    /** Says something else at the same place. */
    change: (comment: Pick<LineComment, 'id'>, text: string) =>
      write((now) => now.map((one) => (one.id === comment.id ? { ...one, text } : one))),
    /** Brings back what was taken away, each to its place among the others. */
    restore: (gone: readonly LineComment[]) =>
      write((now) => {
        const others = now.filter(({ id }) => gone.every((one) => one.id !== id))
        return [...others, ...gone].sort((one, other) => one.id - other.id)
      }),
  }
}

/** What a comment is being changed to; null: it is not being edited. Kept when its tab, its window or the app is closed. */
export function useCommentEdit(id: ExecutionId, comment: LineComment) {
  const name = editSlot(id, comment.id)
  return {
    edit: parse(Edit, useTextDraft(name)),
    keep: (text: string) => writeTextDraft(name, JSON.stringify(text)), // also when all of it was deleted
    forget: () => writeTextDraft(name, ''),
  }
}

/** The comment on a file that is being written; kept when its tab, its window or the app is closed. */
export function useUnfinishedComment(id: ExecutionId, file: string) {
  const name = `line-comment:${id}:${file}`
  const kept = useTextDraft(name)
  return {
    unfinished: useMemo(() => parse(Unfinished, kept), [kept]),
    keep: (comment: Unfinished) => writeTextDraft(name, comment.text === '' ? '' : JSON.stringify(comment)),
    forget: () => writeTextDraft(name, ''),
  }
}
