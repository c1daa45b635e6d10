import { useSyncExternalStore } from 'react'
import { type Attachment, LARGEST_ATTACHMENT } from '#shared/attachment.ts'
import type { TaskId } from '#shared/ids.ts'
import { errorText } from '../../lib/error-text.ts'
import { texts } from '../../lib/texts/texts.ts'
import { api } from '../../lib/trpc.ts'

/** A file on its way to a card. It goes on when the card is closed. */
export interface Upload {
  id: number
  taskId: TaskId
  name: string
  size: number
  /** How much of it was read; all of it once it is being kept. */
  read: number
  /** Why it did not arrive; null as long as it is under way. */
  failed: string | null
}

let uploads: readonly Upload[] = []
let lastId = 0
/** One after the other: each is wholly in memory once. */
let last: Promise<unknown> = Promise.resolve()
const cancelled = new Set<number>()
const listeners = new Set<() => void>()

function set(next: readonly Upload[]): void {
  uploads = next
  for (const listener of listeners) listener()
}

function change(id: number, values: Partial<Upload>): void {
  set(uploads.map((one) => (one.id === id ? { ...one, ...values } : one)))
}

/** Takes it from the list; if it is under way it will not be on the card. */
export function cancelUpload(id: number): void {
  cancelled.add(id)
  set(uploads.filter((one) => one.id !== id))
}

export function useUploads(taskId: TaskId): readonly Upload[] {
  const all = useSyncExternalStore(subscribe, () => uploads)
  return all.filter((one) => one.taskId === taskId)
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Puts a file on a card; null when it was cancelled or could not be. What went wrong stands in the list. */
export function upload(taskId: TaskId, file: File): Promise<Attachment | null> {
  lastId += 1
  const id = lastId
  const name = file.name || texts.attachments.pastedFile
  set([...uploads, { id, taskId, name, size: file.size, read: 0, failed: null }])
  if (file.size > LARGEST_ATTACHMENT) {
    change(id, { failed: texts.attachments.tooLarge(file.size) })
    return Promise.resolve(null)
  }
  const done = last.then(() => send(id, taskId, name, file))
  last = done
  return done
}

async function send(id: number, taskId: TaskId, name: string, file: File): Promise<Attachment | null> {
  try {
    const bytes = await readFile(id, file)
    if (!bytes) return null
    const input = { task_id: taskId, name, media_type: file.type, bytes }
    const attachment = await api.attachments.add.mutate(input)
    if (cancelled.delete(id)) {
      await api.attachments.delete.mutate({ id: attachment.id })
      return null
    }
    set(uploads.filter((one) => one.id !== id))
    return attachment
  } catch (error) {
    change(id, { failed: errorText(error) })
    return null
  }
}

/** Null: it was cancelled. */
async function readFile(id: number, file: File): Promise<Uint8Array<ArrayBuffer> | null> {
  const bytes = new Uint8Array(file.size)
  const reader = file.stream().getReader()
  let read = 0
  for (;;) {
    const { value, done } = await reader.read().catch(() => {
      throw new Error(texts.attachments.notReadable)
    })
    if (cancelled.has(id)) {
      cancelled.delete(id)
      await reader.cancel()
      return null
    }
    if (done) return bytes
    bytes.set(value, read)
    read += value.byteLength
    change(id, { read })
  }
}
