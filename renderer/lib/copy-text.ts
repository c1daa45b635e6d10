import { showToast } from '../ui/toast.tsx'
import { errorText } from './error-text.ts'
import { texts } from './texts/texts.ts'
import { api } from './trpc.ts'

/** Puts a text on the clipboard and says so. */
export function copyText(text: string, told: string): void {
  void api.system.copyText.mutate({ text }).then(
    () => showToast({ tone: 'good', title: told }),
    (error: unknown) => showToast({ tone: 'bad', title: texts.errors.notCopied, text: errorText(error) }),
  )
}
