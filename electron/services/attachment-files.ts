import { createReadStream } from 'node:fs'
import { chmod, copyFile, mkdir, rm } from 'node:fs/promises'
import { hostname } from 'node:os'
import path from 'node:path'
import { findAttachment } from '#db/queries/attachments.ts'
import { type Attachment, LARGEST_PREVIEW } from '#shared/attachment.ts'
import { NotFoundError, RefusedError } from '#shared/errors.ts'
import type { AttachmentId } from '#shared/ids.ts'
import type { AppContext } from '../context.ts'
import { writeFileWhole } from '../platform/write-file.ts'
import { mayRun } from './attachment-name.ts'
import { bytesPath, copyFolder, isThere, readBytes } from './attachment-store.ts'
import { imageType } from './image-type.ts'

type FileContext = Pick<AppContext, 'db' | 'config' | 'desktop'>

/** A picture, for a window to draw. */
export async function readImage(
  ctx: FileContext,
  id: AttachmentId,
): Promise<{ media_type: string; bytes: Uint8Array<ArrayBuffer> }> {
  const attachment = await findLive(ctx, id)
  if (attachment.size > LARGEST_PREVIEW)
    throw new RefusedError('TOO_LARGE_TO_SHOW', 'This picture is larger than 5 MB. Open it to see it.')
  const bytes = await readBytes(ctx, attachment.sha256)
  if (!bytes) throw missing(attachment)
  const media_type = imageType(bytes)
  if (!media_type) throw new RefusedError('NO_PICTURE', 'This is no picture that can be shown here.')
  return { media_type, bytes }
}

/** In the system's own program: a copy, so that the original stays what it was. */
export async function openAttachment(ctx: FileContext, id: AttachmentId): Promise<void> {
  const attachment = await findLive(ctx, id)
  const source = await whereIs(ctx, attachment)
  if (mayRun(attachment.name)) {
    throw new RefusedError(
      'NOT_OPENED',
      `“${attachment.name}” could run as a program, so it is not opened from here. Save it and look at it first.`,
    )
  }
  const folder = copyFolder(ctx, id)
  const copy = path.join(folder, attachment.name)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  await rm(copy, { force: true })
  await copyFile(source, copy)
  await chmod(copy, 0o400) // changes in it would go nowhere
  await ctx.desktop.openPath(copy)
}

/** To the place that the person names in the system's dialog; null when they cancel. */
export async function saveAttachment(
  ctx: FileContext,
  id: AttachmentId,
  signal: AbortSignal,
): Promise<{ path: string } | null> {
  const attachment = await findLive(ctx, id)
  const source = await whereIs(ctx, attachment)
  const target = await ctx.desktop.pickSavePath({
    title: 'Save the attachment',
    fileName: attachment.name,
    types: [],
  })
  if (target === null) return null
  await writeFileWhole(target, createReadStream(source), signal)
  return { path: target }
}

async function findLive(ctx: Pick<AppContext, 'db'>, id: AttachmentId): Promise<Attachment> {
  const found = await findAttachment(ctx.db, id)
  if (!found || found.isDeleted) throw new NotFoundError('Attachment', id)
  const { isDeleted: _, ...attachment } = found
  return attachment
}

async function whereIs(ctx: FileContext, attachment: Attachment): Promise<string> {
  const file = bytesPath(ctx, attachment.sha256)
  if (!(await isThere(file))) throw missing(attachment)
  return file
}

function missing({ name, machine, author_name }: Attachment): RefusedError {
  const message =
    machine === hostname()
      ? `The file of “${name}” is not in this app’s data folder. Attach it again.`
      : `“${name}” is on ${machine}, where ${author_name} attached it. Open it there, or attach it here again.`
  return new RefusedError('BYTES_ELSEWHERE', message, { machine })
}
