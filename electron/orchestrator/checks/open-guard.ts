import { readFile, rm } from 'node:fs/promises'
import { z } from 'zod'
import { writeFileWhole } from '../../platform/write-file.ts'
import { uncommitted } from './put-back.ts'

/** Commands of the project that have begun in a workspace, and what was uncommitted there before them. */
const OpenGuard = z.object({
  what: z.enum(['set-up', 'checks']),
  step: z.string(),
  before: z.array(z.string()),
})
export type OpenGuard = z.infer<typeof OpenGuard>

/** Beside the workspace, and gone with it. */
const fileOf = (workspace: string) => `${workspace}.guard.json`

/** Writes it down before the first command: what they change when the app is killed meanwhile is told from work by it. */
export async function openGuard(
  workspace: string,
  { what, step }: Pick<OpenGuard, 'what' | 'step'>,
  signal: AbortSignal,
): Promise<OpenGuard> {
  const guard = { what, step, before: [...(await uncommitted(workspace, signal))] }
  await writeFileWhole(fileOf(workspace), textOf(guard), signal)
  return guard
}

async function* textOf(guard: OpenGuard): AsyncGenerator<string> {
  yield JSON.stringify(guard)
}

/** What was begun and never looked after; null: nothing. */
export async function readGuard(workspace: string): Promise<OpenGuard | null> {
  const text = await readFile(fileOf(workspace), 'utf8').catch(() => null)
  try {
    return text === null ? null : OpenGuard.parse(JSON.parse(text))
  } catch {
    return null // of another version of the app
  }
}

export async function closeGuard(workspace: string): Promise<void> {
  await rm(fileOf(workspace), { force: true })
}
