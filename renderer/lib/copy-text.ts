import { showToast } from '../ui/toast.tsx'
import { texts } from './texts/texts.ts'

/** Puts a text on the clipboard and says so. */
export function copyText(text: string, told: string): void {
  void navigator.clipboard.writeText(text).then(
    () => showToast({ tone: 'good', title: told }),
    () => showToast({ tone: 'bad', title: texts.errors.clipboardNotAvailable }),
  )
}
