import { z } from 'zod'
import { WorkflowDefinition } from '#shared/workflow.ts'
import { readTextDraft, writeTextDraft } from '../../lib/text-draft.ts'
import type { WorkflowDraft } from './workflow-editor.tsx'

const Kept = z.object({ name: z.string(), definition: WorkflowDefinition })

/** What was edited and not saved, by workflow. */
const drafts = new Map<string, WorkflowDraft>()

const slotOf = (id: string) => `workflow:${id}`

/** Of this window, also when it has gaps; else what was whole when a window or the app was closed. */
export function readWorkflowDraft(id: string): WorkflowDraft | null {
  return drafts.get(id) ?? readKept(id)
}

function readKept(id: string): WorkflowDraft | null {
  try {
    return Kept.parse(JSON.parse(readTextDraft(slotOf(id)) ?? 'null'))
  } catch {
    return null // there is none, it has gaps, or it is of another version of the app
  }
}

/** Keeps it, or with null throws it away. */
export function writeWorkflowDraft(id: string, draft: WorkflowDraft | null): void {
  if (draft) drafts.set(id, draft)
  else drafts.delete(id)
  writeTextDraft(slotOf(id), draft ? JSON.stringify(draft) : '')
}

/** Of what was saved nothing is left to be kept, but for what was written since. */
export function forgetSavedDraft(id: string, saved: WorkflowDraft): void {
  const draft = readWorkflowDraft(id)
  const isSaved = draft && JSON.stringify({ ...draft, name: draft.name.trim() }) === JSON.stringify(saved)
  if (isSaved) writeWorkflowDraft(id, null)
}
