import { open } from 'node:fs/promises'
import { hostname } from 'node:os'
import path from 'node:path'
import * as queries from '#db/queries/attachments.ts'
import { findTask } from '#db/queries/tasks.ts'
import { type AddAttachment, type Attachment, LARGEST_ATTACHMENT } from '#shared/attachment.ts'
import { InvalidInputError, NotFoundError } from '#shared/errors.ts'
import { AttachmentId, type TaskId } from '#shared/ids.ts'
import type { AppContext } from '../context.ts'
import { attachmentName } from './attachment-name.ts'
import { draftBytes, removeBytes } from './attachment-store.ts'
import { type BoardChange, type BoardContext, changeBoard } from './change-board.ts'
import { refuseArchived } from './column-rules.ts'
import { imageType } from './image-type.ts'
import { cardActivity } from './task-activity.ts'

type FileContext = BoardContext & Pick<AppContext, 'config' | 'desktop'>

/** Oldest first. */
export function listAttachments(ctx: Pick<BoardContext, 'db'>, taskId: TaskId): Promise<Attachment[]> {
  return queries.listAttachments(ctx.db, taskId)
}

/** The bytes come to the data folder, then the card has them. */
export async function addAttachment(
  ctx: FileContext,
  { task_id, name, media_type, bytes }: AddAttachment,
): Promise<Attachment> {
  await using draft = await draftBytes(ctx, bytes)
  const { type, id: authorId, name: author_name } = ctx.actor()
  try {
    return await changeBoard(ctx, { task: task_id }, async (work) => {
      const task = await findTask(work.tx, task_id)
      if (!task) throw new NotFoundError('Task', task_id)
      if (task.archived_at) refuseArchived()
      await draft.keep(work.tx)
      const attachment = await queries.insertAttachment(work.tx, {
        id: AttachmentId.parse(ctx.newId()),
        board_id: work.board.id,
        task_id,
        name: attachmentName(name),
        media_type: trueType(bytes, media_type),
        size: bytes.byteLength,
        sha256: draft.sha256,
        machine: hostname().slice(0, 255),
        author_id: authorId ?? type,
        author_name,
        created_at: ctx.now(),
      })
      work.tell({ type: 'attachment_created', data: attachment })
      await told(work, attachment, (card, file) => `attached ${file} to ${card}`)
      return attachment
    })
  } catch (error) {
    await removeBytes(ctx, [draft.sha256]).catch(() => {}) // the reason of the first failure counts
    throw error
  }
}

/** The file that the person picks in the system's dialog; null when they cancel. */
export async function chooseAttachment(ctx: FileContext, task_id: TaskId): Promise<Attachment | null> {
  const file = await ctx.desktop.pickFile({ title: 'Attach a file', types: [] })
  if (file === null) return null
  const bytes = await readPicked(file)
  return addAttachment(ctx, { task_id, name: path.basename(file), media_type: '', bytes })
}

export async function deleteAttachment(ctx: FileContext, id: AttachmentId): Promise<{ id: AttachmentId }> {
  const { board_id, task_id } = await find(ctx, id)
  return changeBoard(ctx, board_id, async (work) => {
    const attachment = await queries.setAttachmentDeleted(work.tx, id, ctx.now())
    if (!attachment) throw new NotFoundError('Attachment', id)
    work.tell({ type: 'attachment_deleted', data: { id, task_id } })
    await told(work, attachment, (card, file) => `removed ${file} from ${card}`)
    return { id }
  })
}

export async function restoreAttachment(ctx: FileContext, id: AttachmentId): Promise<Attachment> {
  const { board_id } = await find(ctx, id)
  return changeBoard(ctx, board_id, async (work) => {
    const attachment = await queries.setAttachmentDeleted(work.tx, id, null)
    if (!attachment) throw new NotFoundError('Attachment', id)
    work.tell({ type: 'attachment_created', data: attachment })
    await told(work, attachment, (card, file) => `put ${file} back on ${card}`)
    return attachment
  })
}

async function find(ctx: Pick<BoardContext, 'db'>, id: AttachmentId) {
  const attachment = await queries.findAttachment(ctx.db, id)
  if (!attachment) throw new NotFoundError('Attachment', id)
  return attachment
}

/** The card's count, and a line in the feed. */
async function told(
  { tx, board, tell }: BoardChange,
  { task_id, name, id }: Attachment,
  sentence: (card: string, file: string) => string,
): Promise<void> {
  const task = await queries.countAttachments(tx, task_id)
  const metadata = { attachment_id: id, attachment: name }
  tell(
    { type: 'task_updated', data: task },
    cardActivity(board, task, 'updated', (card) => sentence(card, `“${name}”`), metadata),
  )
}

async function readPicked(file: string): Promise<Uint8Array<ArrayBuffer>> {
  try {
    await using handle = await open(file, 'r')
    const status = await handle.stat()
    if (!status.isFile()) throw new InvalidInputError('NO_FILE', 'This is no file. Choose another one.')
    if (status.size > LARGEST_ATTACHMENT)
      throw new InvalidInputError('TOO_LARGE', 'A file of at most 25 MB can be attached. This one is larger.')
    return new Uint8Array(await handle.readFile())
  } catch (cause) {
    if (cause instanceof InvalidInputError) throw cause
    throw new InvalidInputError(
      'NOT_READABLE',
      'This file cannot be read. Choose another one.',
      {},
      { cause },
    )
  }
}

/** Of pictures what they are; of all else what was said, where that is a type at all. */
function trueType(bytes: Uint8Array, said: string): string {
  const image = imageType(bytes)
  if (image) return image
  const type = /^[\w.+-]+\/[\w.+-]+/.exec(said.toLowerCase())?.[0]
  return !type || type.startsWith('image/') ? 'application/octet-stream' : type
}
