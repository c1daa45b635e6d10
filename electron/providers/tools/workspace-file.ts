import { constants } from 'node:fs'
import { mkdir, open, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { resolveInside } from '../../workspaces/confine.ts'
import { ToolError } from './tool.ts'

/** Larger files are not read into a prompt or edited by text. */
const MOST_BYTES = 4 * 1024 * 1024

/** A text file of the workspace. Throws ToolError when it is missing, no text or too large. */
export async function readText(workspace: string, path: string): Promise<string> {
  const real = await resolveInside(workspace, path)
  // A named pipe would block for ever, so its kind is asked first.
  const entry = await stat(real).catch(() => null)
  if (!entry) throw new ToolError(`There is no file ${path}.`)
  if (!entry.isFile()) throw new ToolError(`${path} is not a file.`)
  if (entry.size > MOST_BYTES)
    throw new ToolError(`${path} has ${entry.size} bytes: too large to edit or view.`)
  const file = await open(real, constants.O_RDONLY | constants.O_NOFOLLOW)
  try {
    const bytes = await file.readFile()
    if (bytes.subarray(0, 8000).includes(0)) throw new ToolError(`${path} is a binary file.`)
    return bytes.toString('utf8')
  } finally {
    await file.close()
  }
}

/** Writes a file of the workspace, making its folders; never through a link. */
export async function writeText(workspace: string, path: string, text: string): Promise<void> {
  const real = await resolveInside(workspace, path)
  await mkdir(dirname(real), { recursive: true })
  const { O_WRONLY, O_CREAT, O_TRUNC, O_NOFOLLOW, O_NONBLOCK } = constants
  const file = await open(real, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_NONBLOCK)
  try {
    await file.writeFile(text, 'utf8')
  } finally {
    await file.close()
  }
}
