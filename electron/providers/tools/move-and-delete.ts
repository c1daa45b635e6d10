import { lstat, mkdir, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { z } from 'zod'
import { resolveEntryInside, resolveInside } from '../../workspaces/confine.ts'
import { DeniedError, type Tool, type ToolContext, ToolError } from './tool.ts'

const DeleteInput = z.object({ path: z.string().min(1) })
const MoveInput = z.object({ from: z.string().min(1), to: z.string().min(1) })

/** Deletes one file. */
export const deleteFile: Tool = {
  name: 'delete_file',
  definition: {
    name: 'delete_file',
    description: 'Deletes one file of the repository. Folders vanish with their last file.',
    input_schema: { type: 'object', properties: { path: { type: 'string' } }, required: ['path'] },
  },
  prepare(raw) {
    const parsed = DeleteInput.safeParse(raw)
    if (!parsed.success) throw new ToolError('The input does not fit: path is needed.')
    const { path } = parsed.data
    return {
      kind: 'delete',
      title: `Delete ${path}`,
      paths: [path],
      async run(context) {
        await rm(await existingFile(context, path))
        return `Deleted ${path}.`
      },
    }
  },
}

/** Moves or renames one file. */
export const moveFile: Tool = {
  name: 'move_file',
  definition: {
    name: 'move_file',
    description: 'Moves or renames one file of the repository; what is at the new path must not exist.',
    input_schema: {
      type: 'object',
      properties: { from: { type: 'string' }, to: { type: 'string' } },
      required: ['from', 'to'],
    },
  },
  prepare(raw) {
    const parsed = MoveInput.safeParse(raw)
    if (!parsed.success) throw new ToolError('The input does not fit: from and to are needed.')
    const { from, to } = parsed.data
    return {
      kind: 'move',
      title: `Move ${from} to ${to}`,
      paths: [from, to],
      async run(context) {
        const source = await existingFile(context, from)
        const target = await resolveInside(context.workspace, to)
        if (await lstat(target).catch(() => null)) throw new ToolError(`${to} exists already.`)
        await mkdir(dirname(target), { recursive: true })
        await rename(source, target)
        return `Moved ${from} to ${to}.`
      },
    }
  },
}

/** The name itself, not what it links to: a link is moved or deleted as a link. */
async function existingFile({ workspace, mayEdit }: ToolContext, path: string): Promise<string> {
  if (!mayEdit) throw new DeniedError('This step only reads. Say what should be changed instead.')
  const file = await resolveEntryInside(workspace, path)
  const entry = await lstat(file).catch(() => null)
  if (!entry) throw new ToolError(`There is no file ${path}.`)
  if (entry.isDirectory())
    throw new ToolError(`${path} is a folder. Only files are moved and deleted, one by one.`)
  return file
}
