import { stat } from 'node:fs/promises'
import { z } from 'zod'
import { resolveInside } from '../../workspaces/confine.ts'
import { patchOfFile } from '../patch.ts'
import { listFolder } from './list-files.ts'
import { DeniedError, type Tool, type ToolCall, type ToolContext, ToolError } from './tool.ts'
import { readText, writeText } from './workspace-file.ts'

/** The SDK has no type for the input of its text editor tool. Older descriptions call insert_text new_str. */
const Input = z.object({
  command: z.enum(['view', 'create', 'str_replace', 'insert']),
  path: z.string().min(1),
  view_range: z.tuple([z.number().int(), z.number().int()]).nullish(),
  file_text: z.string().nullish(),
  old_str: z.string().nullish(),
  new_str: z.string().nullish(),
  insert_line: z.number().int().nullish(),
  insert_text: z.string().nullish(),
})
type Input = z.infer<typeof Input>

const MOST_CHARACTERS = 30_000
const TITLES = { view: 'View', create: 'Create', str_replace: 'Edit', insert: 'Insert into' }

/** Views, creates and edits text files of the workspace. */
export const textEditor: Tool = {
  name: 'str_replace_based_edit_tool',
  definition: {
    type: 'text_editor_20250728',
    name: 'str_replace_based_edit_tool',
    max_characters: MOST_CHARACTERS,
  },
  prepare(raw): ToolCall {
    const parsed = Input.safeParse(raw)
    if (!parsed.success) throw new ToolError(`The input does not fit: ${z.prettifyError(parsed.error)}`)
    const input = parsed.data
    const isView = input.command === 'view'
    return {
      kind: isView ? 'read' : 'edit',
      title: `${TITLES[input.command]} ${input.path}`,
      ...(input.command === 'create' && { titleIn: (workspace) => titleOfCreate(workspace, input.path) }),
      paths: [input.path],
      ...(!isView && {
        diff: diffOf(input),
        change: (workspace) => patchOfFile(workspace, input.path, (before) => after(input, before).text),
      }),
      run: (context) => (isView ? view(input, context) : edit(input, context)),
    }
  },
}

/** The tool's “create” writes over what is there. */
async function titleOfCreate(workspace: string, path: string): Promise<string> {
  const entry = await stat(await resolveInside(workspace, path)).catch(() => null)
  return entry ? `Overwrite ${path}` : `${TITLES.create} ${path}`
}

/** What the model asks for, as lines of a diff; where in the file that is, is not known yet. */
function diffOf({ command, old_str, new_str, file_text, insert_text }: Input): string {
  const marked = (mark: '+' | '-', text: string | null | undefined) =>
    text ? text.replace(/\r?\n$/, '').replace(/^/gm, mark) : null
  const added = command === 'create' ? file_text : (insert_text ?? new_str)
  const removed = command === 'str_replace' ? old_str : null
  return [marked('-', removed), marked('+', added)].filter((part) => part !== null).join('\n')
}

async function view(input: Input, { workspace, host }: ToolContext): Promise<string> {
  const entry = await stat(await resolveInside(workspace, input.path)).catch(() => null)
  if (entry?.isDirectory()) return listFolder(workspace, input.path, host.signal)
  const lines = (await readText(workspace, input.path)).split('\n')
  const [from, to] = rangeOf(input, lines.length)
  const numbered = lines
    .slice(from - 1, to)
    .map((line, index) => `${String(from + index).padStart(6)}\t${line}`)
  const text = numbered.join('\n')
  if (text.length <= MOST_CHARACTERS) return text
  return `${text.slice(0, MOST_CHARACTERS)}\n[cut: view a range of lines; the file has ${lines.length}]`
}

function rangeOf(input: Input, count: number): [number, number] {
  if (!input.view_range) return [1, count]
  const [from, to] = input.view_range
  const end = to === -1 ? count : Math.min(to, count)
  if (from < 1 || from > count || end < from) {
    throw new ToolError(`view_range must lie within lines 1 to ${count}, or end with -1.`)
  }
  return [from, end]
}

async function edit(input: Input, { workspace, mayEdit }: ToolContext): Promise<string> {
  if (!mayEdit) throw new DeniedError('This step only reads. Say what should be changed instead.')
  if (input.command === 'create') {
    if (typeof input.file_text !== 'string') throw new ToolError('create needs file_text.')
    await resolveInside(workspace, input.path)
    await writeText(workspace, input.path, input.file_text)
    return `Wrote ${input.path}.`
  }
  const before = await readText(workspace, input.path)
  const { text, line } = after(input, before)
  await writeText(workspace, input.path, text)
  const lines = text.split('\n')
  const from = Math.max(0, line - 4)
  const around = lines.slice(from, line + 8).map((content, index) => `${from + index + 1}\t${content}`)
  return `Edited ${input.path}. It now reads around the change:\n${around.join('\n')}`
}

/** What becomes of a text; throws ToolError when the input does not fit it. */
function after(input: Input, before: string): Edited {
  if (input.command === 'create') return { text: input.file_text ?? '', line: 0 }
  return input.command === 'insert' ? inserted(before, input) : replaced(before, input)
}

interface Edited {
  text: string
  /** Where the change begins, from 0. */
  line: number
}

function replaced(before: string, input: Input): Edited {
  const wanted = input.old_str ?? ''
  if (!wanted) throw new ToolError('str_replace needs old_str, a text that is in the file exactly once.')
  const newline = before.includes('\r\n') && !wanted.includes('\r\n') ? '\r\n' : '\n'
  const old = wanted.replaceAll('\n', newline)
  const at = before.indexOf(old)
  if (at < 0) throw new ToolError('old_str is not in the file. View the file and copy the text exactly.')
  if (before.indexOf(old, at + 1) >= 0) {
    const count = before.split(old).length - 1
    throw new ToolError(
      `old_str is in the file ${Math.max(count, 2)} times. Take more lines along to make it unique.`,
    )
  }
  const replacement = (input.new_str ?? '').replaceAll('\n', newline)
  const text = before.slice(0, at) + replacement + before.slice(at + old.length)
  return { text, line: before.slice(0, at).split('\n').length - 1 }
}

function inserted(before: string, input: Input): Edited {
  const line = input.insert_line
  const added = input.insert_text ?? input.new_str
  if (typeof line !== 'number' || typeof added !== 'string') {
    throw new ToolError('insert needs insert_line and insert_text.')
  }
  const newline = before.includes('\r\n') ? '\r\n' : '\n'
  const lines = before === '' ? [] : before.split('\n')
  const hasLastNewline = lines.at(-1) === ''
  const count = hasLastNewline ? lines.length - 1 : lines.length
  if (line < 0 || line > count) throw new ToolError(`insert_line must be between 0 and ${count}.`)
  const body = added.replace(/\r?\n$/, '').split(/\r?\n/)
  const head = lines.slice(0, line)
  const tail = lines.slice(line)
  if (newline === '\r\n') {
    const marked = body.map((content) => `${content}\r`)
    return { text: [...head, ...marked, ...tail].join('\n'), line }
  }
  const text = [...head, ...body, ...tail].join('\n')
  return { text: tail.length === 0 && !text.endsWith('\n') ? `${text}\n` : text, line }
}
