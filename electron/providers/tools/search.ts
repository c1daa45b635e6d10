import { dirname } from 'node:path'
import { z } from 'zod'
import { git } from '#electron/platform/git.ts'
import { GitError } from '#electron/platform/git-error.ts'
import { relativeTo, resolveInside } from '../../workspaces/confine.ts'
import type { ProviderHost } from '../provider.ts'
import { type Tool, type ToolContext, ToolError } from './tool.ts'

const Input = z.object({
  pattern: z.string().min(1).max(1000),
  path: z.string().min(1).nullish(),
  is_regex: z.boolean().nullish(),
  ignore_case: z.boolean().nullish(),
})

const MOST_LINES = 200
const LONGEST_LINE = 300
const TIME_LIMIT_MS = 30_000

/** Finds text in the files of the workspace, without ignored and binary ones. */
export const search: Tool = {
  name: 'search',
  definition: {
    name: 'search',
    description:
      'Finds lines in the files of the repository; ignored and binary files are left out. Answers path:line:text, ' +
      `at most ${MOST_LINES} lines.`,
    input_schema: {
      type: 'object',
      properties: {
        pattern: { type: 'string', description: 'Plain text, or a POSIX extended regular expression.' },
        path: { type: 'string', description: 'A file or folder, relative to the root. Default: everything.' },
        is_regex: { type: 'boolean', description: 'Default: false.' },
        ignore_case: { type: 'boolean', description: 'Default: false.' },
      },
      required: ['pattern'],
    },
  },
  prepare(raw) {
    const parsed = Input.safeParse(raw)
    if (!parsed.success) throw new ToolError(`The input does not fit: ${z.prettifyError(parsed.error)}`)
    const input = parsed.data
    return {
      kind: 'search',
      title: `Search “${input.pattern.slice(0, 80)}”${input.path ? ` in ${input.path}` : ''}`,
      paths: input.path ? [input.path] : [],
      run: (context) => find(input, context),
    }
  },
}

async function find(input: z.infer<typeof Input>, { workspace, host }: ToolContext): Promise<string> {
  const place = (await relativeTo(workspace, await resolveInside(workspace, input.path ?? '.'))) || '.'
  const flags = [
    input.is_regex ? '--extended-regexp' : '--fixed-strings',
    ...(input.ignore_case ? ['-i'] : []),
  ]
  const args = [
    '--literal-pathspecs',
    'grep',
    '--untracked',
    '--no-textconv',
    '--no-color',
    '-I',
    '-n',
    '-z',
    ...flags,
  ]
  const limit = AbortSignal.timeout(TIME_LIMIT_MS)
  try {
    const { stdout } = await git([...args, '-e', input.pattern, '--', place], {
      cwd: workspace,
      ceiling: dirname(workspace),
      signal: AbortSignal.any([host.signal, limit]),
      okCodes: [1],
      limit: 2 * 1024 * 1024,
    })
    return shown(await told(stdout, host))
  } catch (error) {
    host.signal.throwIfAborted()
    if (limit.aborted) throw new ToolError('The search took too long. Search a folder, or for plain text.')
    if (error instanceof GitError) throw new ToolError(`The search failed: ${error.stderr.trim()}`)
    throw error
  }
}

/** The lines that are in no file which a rule refuses. */
async function told(stdout: string, host: ProviderHost): Promise<string[]> {
  const found = stdout.split('\n').flatMap((line) => {
    const end = line.indexOf('\0')
    return end < 0 ? [] : [{ path: line.slice(0, end), rest: line.slice(end + 1).replace('\0', ':') }]
  })
  const paths = [...new Set(found.map(({ path }) => path))]
  const refused = (await host.refused?.(paths, host.signal)) ?? new Set<string>()
  return found.filter(({ path }) => !refused.has(path)).map(({ path, rest }) => `${path}:${rest}`)
}

function shown(lines: readonly string[]): string {
  if (lines.length === 0) return 'No matches.'
  const cut = lines
    .slice(0, MOST_LINES)
    .map((line) => (line.length > LONGEST_LINE ? `${line.slice(0, LONGEST_LINE)}…` : line))
  const more = lines.length > MOST_LINES ? `\n[more matches: search a folder or a longer text]` : ''
  return cut.join('\n') + more
}
