import { Keyboard } from 'lucide-react'
import { useShortcutChoices } from '../../lib/shortcuts/use-shortcut-choices.ts'
import { texts } from '../../lib/texts/texts.ts'
import styles from './settings-page.module.css'

/** The way from the settings to the page of the keyboard. */
export function KeyboardRow() {
  const { changed } = useShortcutChoices()
  return (
    <div className={styles.row}>
      <div className={styles.rowText}>
        <div className={styles.rowTitle}>{texts.keyboard.keyboardShortcuts}</div>
        {changed > 0 && <div className={styles.rowHint}>{texts.keyboard.changed(changed)}</div>}
      </div>
      <a href="#/settings/keyboard" className={styles.link}>
        <Keyboard aria-hidden="true" />
        {texts.keyboard.changeEntry}
      </a>
    </div>
  )
}
