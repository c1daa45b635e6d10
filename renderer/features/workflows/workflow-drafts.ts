import { readTextDraft, writeTextDraft } from '../../lib/text-draft.ts'
import { parseKeptDraft } from './kept-draft.ts'
import type { WorkflowDraft } from './workflow-editor.tsx'

/** What was edited and not saved, by workflow. */
const drafts = new Map<string, WorkflowDraft>()

const slotOf = (id: string) => `workflow:${id}`

/** Of this window; else what was there when a window or the app was closed. */
export function readWorkflowDraft(id: string): WorkflowDraft | null {
  return drafts.get(id) ?? parseKeptDraft(readTextDraft(slotOf(id)))
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
