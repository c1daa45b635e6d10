import { z } from 'zod'
import { patchOf, patchOfFile } from './patch.ts'

/** The names that agents' own tools have for the same things. */
const Replacement = z
  .object({
    old_string: z.string().optional(),
    oldString: z.string().optional(),
    old_str: z.string().optional(),
    new_string: z.string().optional(),
    newString: z.string().optional(),
    new_str: z.string().optional(),
    replace_all: z.boolean().optional(),
    replaceAll: z.boolean().optional(),
  })
  .transform((given) => ({
    before: given.old_string ?? given.oldString ?? given.old_str,
    after: given.new_string ?? given.newString ?? given.new_str ?? '',
    isEverywhere: given.replace_all ?? given.replaceAll ?? false,
  }))
type Replacement = z.infer<typeof Replacement>

const Whole = z
  .object({ content: z.string().optional(), file_text: z.string().optional() })
  .transform((given) => given.content ?? given.file_text)
const Cell = z.object({ new_source: z.string() })
const Several = z.object({ edits: z.array(Replacement).min(1) })

/**
 * What an agent's call of a tool that writes or edits a file would change, as a unified diff of the file as it is now;
 * of the given texts alone where they are not in it. `path` is relative to the workspace. Null: the input has no text.
 */
export async function editPatch(input: unknown, workspace: string, path: string): Promise<string | null> {
  const whole = Whole.safeParse(input).data
  if (whole !== undefined) return patchOfFile(workspace, path, () => whole)
  const cell = Cell.safeParse(input).data
  if (cell) return patchOf(path, '', cell.new_source)
  const one = Replacement.safeParse(input).data
  const edits = Several.safeParse(input).data?.edits ?? (one ? [one] : [])
  if (edits.length === 0 || edits.every(({ before }) => before === undefined)) return null
  return patchOfFile(workspace, path, (text) => edits.reduce(replaced, text)).catch(() =>
    edits.map(({ before, after }) => patchOf(path, before ?? '', after)).join('\n'),
  )
}

function replaced(text: string, { before = '', after, isEverywhere }: Replacement): string {
  // An empty text to be replaced makes a new file.
  if (before === '' && text === '') return after
  if (before === '' || !text.includes(before)) throw new Error('it is not in the file')
  return isEverywhere ? text.replaceAll(before, () => after) : text.replace(before, () => after)
}
