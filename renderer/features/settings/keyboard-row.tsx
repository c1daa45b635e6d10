import { Keyboard } from 'lucide-react'
import { useShortcutChoices } from '../../lib/shortcuts/use-shortcut-choices.ts'
import styles from './settings-page.module.css'

/** The way from the settings to the page of the keyboard. */
export function KeyboardRow() {
  const { changed } = useShortcutChoices()
  return (
    <div className={styles.row}>
      <div className={styles.rowText}>
        Keyboard shortcuts
        {changed > 0 && (
          <div className={styles.rowHint}>{changed === 1 ? '1 is changed' : `${changed} are changed`}</div>
        )}
      </div>
      <a href="#/settings/keyboard" className={styles.link}>
        <Keyboard aria-hidden="true" />
        Change…
      </a>
    </div>
  )
}
