import { texts } from '../../lib/texts/texts.ts'
import { usePreferences } from '../../lib/use-preferences.ts'
import styles from './settings-page.module.css'
import { SettingsSection } from './settings-section.tsx'

/** Whether the app asks before it stops agents by quitting. */
export function QuitSection() {
  const { preferences, update } = usePreferences()
  const said = texts.appearance
  return (
    <SettingsSection title={said.quitting}>
      <div className={styles.row}>
        <div className={styles.rowText}>
          <div className={styles.rowTitle}>{said.askBeforeQuit}</div>
          <div className={styles.rowHint}>{said.askBeforeQuitHint}</div>
        </div>
        <label className={styles.tick}>
          <input
            type="checkbox"
            aria-label={said.askBeforeQuit}
            checked={preferences.ask_before_quit}
            onChange={(event) => update({ ask_before_quit: event.target.checked })}
          />
        </label>
      </div>
    </SettingsSection>
  )
}
