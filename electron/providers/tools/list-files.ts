import { dirname } from 'node:path'
import { z } from 'zod'
import { git } from '#electron/platform/git.ts'
import { relativeTo, resolveInside } from '../../workspaces/confine.ts'
import { type Tool, ToolError } from './tool.ts'

const Input = z.object({ path: z.string().min(1).nullish() })

const MOST_NAMES = 1000

/** Names the files of the workspace or of a folder of it, without ignored ones. */
export const listFiles: Tool = {
  name: 'list_files',
  definition: {
    name: 'list_files',
    description:
      'Lists the files of the repository, or of one folder of it, recursively. Files that git ignores are left out. ' +
      `At most ${MOST_NAMES} names; give a folder to see the rest.`,
    input_schema: {
      type: 'object',
      properties: {
        path: { type: 'string', description: 'A folder, relative to the root. Default: the root.' },
      },
    },
  },
  prepare(raw) {
    const parsed = Input.safeParse(raw)
    if (!parsed.success) throw new ToolError(`The input does not fit: ${z.prettifyError(parsed.error)}`)
    const path = parsed.data.path ?? '.'
    return {
      kind: 'search',
      title: path === '.' ? 'List files' : `List files in ${path}`,
      paths: [path],
      run: ({ workspace, host }) => listFolder(workspace, path, host.signal),
    }
  },
}

/** One name a line, relative to the workspace. */
export async function listFolder(workspace: string, path: string, signal: AbortSignal): Promise<string> {
  const folder = (await relativeTo(workspace, await resolveInside(workspace, path))) || '.'
  const args = [
    '--literal-pathspecs',
    'ls-files',
    '--cached',
    '--others',
    '--exclude-standard',
    '-z',
    '--',
    folder,
  ]
  const { stdout } = await git(args, { cwd: workspace, ceiling: dirname(workspace), signal })
  const names = [...new Set(stdout.split('\0').filter(Boolean))].sort()
  if (names.length === 0) return `No files in ${path}.`
  const more = names.length > MOST_NAMES ? `\n[${names.length - MOST_NAMES} more files]` : ''
  return names.slice(0, MOST_NAMES).join('\n') + more
}
