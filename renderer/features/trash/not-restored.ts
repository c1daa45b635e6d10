import { errorFacts, errorText } from '../../lib/error-text.ts'
import { texts } from '../../lib/texts/texts.ts'
import { showToast } from '../../ui/toast.tsx'

export interface NotRestored {
  name: string
  error: unknown
}

/** Only a limit is in the way: it can come back anyway. */
export function isOverLimit({ error }: NotRestored): boolean {
  return errorFacts(error).reason === 'WIP_LIMIT_EXCEEDED'
}

/** Tells why something stays where it was put away; `restoreAnyway` is for what only a limit keeps there. */
export function tellNotRestored(all: readonly NotRestored[], restoreAnyway: () => void): void {
  const told = all.find(isOverLimit) ?? all[0]
  if (!told) return
  showToast({
    tone: 'bad',
    title: all.length === 1 ? texts.trash.notRestored(told.name) : texts.trash.manyNotRestored(all.length),
    text: errorText(told.error),
    ...(isOverLimit(told) && { action: { label: texts.trash.restoreAnyway, run: restoreAnyway } }),
  })
}
