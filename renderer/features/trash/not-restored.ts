import { errorFacts, errorText } from '../../lib/error-text.ts'
import { texts } from '../../lib/texts/texts.ts'
import { showToast } from '../../ui/toast.tsx'

/** Tells why something stays where it was put away; where only a limit is in the way, it can come back anyway. */
export function tellNotRestored(error: unknown, name: string, restoreAnyway: () => void): void {
  const isFull = errorFacts(error).reason === 'WIP_LIMIT_EXCEEDED'
  showToast({
    tone: 'bad',
    title: texts.trash.notRestored(name),
    text: errorText(error),
    ...(isFull && { action: { label: texts.trash.restoreAnyway, run: restoreAnyway } }),
  })
}
