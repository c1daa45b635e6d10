import { constants } from 'node:fs'
import { type FileHandle, realpath } from 'node:fs/promises'
import { resolveInside } from '../../workspaces/confine.ts'
import { openBeneath } from '../../workspaces/open-beneath.ts'
import { ToolError } from './tool.ts'

/** Larger files are not read into a prompt or edited by text. */
const MOST_BYTES = 4 * 1024 * 1024

/** A text file of the workspace. Throws ToolError when it is missing, no text or too large. */
export async function readText(workspace: string, path: string): Promise<string> {
  const real = await resolveInside(workspace, path)
  const file = await openBeneath({ root: await realpath(workspace), real, flags: constants.O_RDONLY }).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') throw new ToolError(`There is no file ${path}.`)
      throw error
    },
  )
  try {
    const bytes = await readBounded(file, path)
    if (bytes.subarray(0, 8000).includes(0)) throw new ToolError(`${path} is a binary file.`)
    return bytes.toString('utf8')
  } finally {
    await file.close()
  }
}

/** What is open is looked at, not what has its name; and a file that grows is read as far as it was. */
async function readBounded(file: FileHandle, path: string): Promise<Buffer> {
  const entry = await file.stat()
  if (!entry.isFile()) throw new ToolError(`${path} is not a file.`)
  if (entry.size > MOST_BYTES)
    throw new ToolError(`${path} has ${entry.size} bytes: too large to edit or view.`)
  const bytes = Buffer.alloc(entry.size)
  let length = 0
  while (length < bytes.length) {
    const { bytesRead } = await file.read(bytes, length, bytes.length - length, length)
    if (bytesRead === 0) break
    length += bytesRead
  }
  return bytes.subarray(0, length)
}

/** Writes a file of the workspace, making its folders; never through a link. */
export async function writeText(workspace: string, path: string, text: string): Promise<void> {
  const real = await resolveInside(workspace, path)
  const { O_WRONLY, O_CREAT, O_TRUNC } = constants
  const flags = O_WRONLY | O_CREAT | O_TRUNC
  const file = await openBeneath({ root: await realpath(workspace), real, flags, makesFolders: true })
  try {
    if (!(await file.stat()).isFile()) throw new ToolError(`${path} is not a file.`)
    await file.writeFile(text, 'utf8')
  } finally {
    await file.close()
  }
}
