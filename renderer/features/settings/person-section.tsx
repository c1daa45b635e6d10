import { useState } from 'react'
import { texts } from '../../lib/texts/texts.ts'
import { usePreferences } from '../../lib/use-preferences.ts'
import { TextInput } from '../../ui/field.tsx'
import { isTooLong } from '../../ui/too-long.tsx'
import styles from './settings-page.module.css'
import { SettingsSection } from './settings-section.tsx'

const LONGEST = 255

/** How others see the person. */
export function PersonSection() {
  const { preferences, update } = usePreferences()
  const name = preferences.display_name ?? ''
  const [draft, setDraft] = useState<string | null>(null)
  const save = () => {
    if (isTooLong(draft ?? name, LONGEST)) return
    const next = draft?.trim() ?? name
    if (next !== name) update({ display_name: next === '' ? null : next })
    setDraft(null)
  }
  return (
    <SettingsSection title={texts.settings.you}>
      <div className={styles.row}>
        <label className={styles.rowText} htmlFor="display-name">
          <span className={styles.rowTitle}>{texts.settings.yourName}</span>
          <span className={styles.rowHint}>{texts.settings.othersSeeOnShared}</span>
        </label>
        <TextInput
          id="display-name"
          className={styles.personName}
          value={draft ?? name}
          limit={LONGEST}
          placeholder={texts.settings.nameYourAccount}
          onChange={(event) => setDraft(event.target.value)}
          onBlur={save}
          onKeyDown={(event) => {
            if (event.key === 'Enter') save()
            if (event.key === 'Escape') setDraft(null)
          }}
        />
      </div>
    </SettingsSection>
  )
}
