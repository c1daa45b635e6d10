import { useMemo } from 'react'
import { z } from 'zod'
import { readTextDraft, useTextDraft, writeTextDraft } from '../../lib/text-draft.ts'

const QuickAddDraft = z.object({
  text: z.string(),
  /** Of what was pasted and is too long for a title. */
  description: z.string().nullable(),
})
type QuickAddDraft = z.infer<typeof QuickAddDraft>

export const EMPTY_DRAFT: QuickAddDraft = { text: '', description: null }

const SLOT = 'quick-add'

function parse(text: string | null): QuickAddDraft {
  try {
    return QuickAddDraft.parse(JSON.parse(text ?? 'null'))
  } catch {
    return EMPTY_DRAFT // there is none, or it is of another version of the app
  }
}

/** What was typed but not added; it outlives the dialog, the window and the app. */
export function quickAddDraft(): QuickAddDraft {
  return parse(readTextDraft(SLOT))
}

export function keepQuickAddDraft(draft: QuickAddDraft): void {
  const isEmpty = draft.text === '' && draft.description === null
  writeTextDraft(SLOT, isEmpty ? '' : JSON.stringify(draft))
}

/** The same, live. */
export function useQuickAddDraft(): QuickAddDraft {
  const kept = useTextDraft(SLOT)
  return useMemo(() => parse(kept), [kept])
}

/** A card that could not be made, before what was typed meanwhile: neither is lost. */
export function withFailed(failed: QuickAddDraft, typed: QuickAddDraft): QuickAddDraft {
  if (typed.text === '' && typed.description === null) return failed
  const notes = [failed.description, typed.text, typed.description].filter(Boolean)
  return { text: failed.text, description: notes.join('\n\n') }
}
