import { flushSync } from 'react-dom'
import { runAction } from '../../lib/actions/offers.ts'
import { closePalette } from '../../lib/actions/palette-state.ts'
import type { PaletteRow } from './palette-row.ts'
import { noteAction } from './recent-actions.ts'

/** Does what the row says, on the page as it was before the palette opened. */
export function runRow({ does }: PaletteRow): void {
  const isKept = does.kind === 'choice' && does.choice.keepsOpen === true
  if (!isKept) {
    // Closed before it is done: the focus goes back to what the action is for, and from there wherever it leads.
    flushSync(closePalette)
    closeDialogs()
  }
  if (does.kind === 'choice') does.choice.run()
  else {
    noteAction(does.id)
    runAction(does.id)
  }
}

/** The palette opens above dialogs, too; what is chosen there is done on the page, so they give way as on Escape. */
function closeDialogs(): void {
  for (const dialog of [...document.querySelectorAll('dialog:modal')].reverse()) {
    flushSync(() => dialog.dispatchEvent(new Event('cancel', { cancelable: true })))
  }
}
