import { createTwoFilesPatch, FILE_HEADERS_ONLY } from 'diff'
import { readText } from './tools/workspace-file.ts'

/** Of both texts together, characters; longer ones are told by their length only. */
export const LONGEST_DIFF = 200_000
/** A comparison that takes longer is not worth it, milliseconds. */
const DIFF_MS = 200

/** The change of a text as a unified diff; where that is too long or takes too long, a line that says how long it is. */
export function patchOf(path: string, before: string, after: string): string {
  // A path of several lines could pretend to be lines of the change.
  const name = path.replace(/[\r\n]/g, '\ufffd')
  if (before === after) return `${name}: nothing changes`
  const told = `${name}: ${after.length} characters`
  if (before.length + after.length > LONGEST_DIFF) return told
  const patch = createTwoFilesPatch(name, name, before, after, '', '', {
    context: 3,
    timeout: DIFF_MS,
    headerOptions: FILE_HEADERS_ONLY,
  })
  return patch ?? told
}

/** What a file of the workspace, which may not be there yet, would become. `change` may throw: so does this then. */
export async function patchOfFile(
  workspace: string,
  path: string,
  change: (before: string) => string,
): Promise<string> {
  const before = await readText(workspace, path).catch(() => '')
  return patchOf(path, before, change(before))
}
