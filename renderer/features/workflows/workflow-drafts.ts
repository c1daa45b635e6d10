import type { WorkflowDraft } from './workflow-editor.tsx'

/** What was edited and not saved, by workflow; for as long as the window is open. */
const drafts = new Map<string, WorkflowDraft>()

export function readWorkflowDraft(id: string): WorkflowDraft | null {
  return drafts.get(id) ?? null
}

/** Keeps it, or with null throws it away. */
export function writeWorkflowDraft(id: string, draft: WorkflowDraft | null): void {
  if (draft) drafts.set(id, draft)
  else drafts.delete(id)
}
