import { useState } from 'react'
import { usePreferences } from '../../lib/use-preferences.ts'
import { TextInput } from '../../ui/field.tsx'
import styles from './settings-page.module.css'
import { SettingsSection } from './settings-section.tsx'

/** How others see the person. */
export function PersonSection() {
  const { preferences, update } = usePreferences()
  const name = preferences.display_name ?? ''
  const [draft, setDraft] = useState<string | null>(null)
  const save = () => {
    const next = draft?.trim() ?? name
    if (next !== name) update({ display_name: next === '' ? null : next })
    setDraft(null)
  }
  return (
    <SettingsSection title="You">
      <div className={styles.row}>
        <label className={styles.rowText} htmlFor="display-name">
          <span className={styles.rowTitle}>Your name</span>
          <span className={styles.rowHint}>Others see it on shared boards and in the activity.</span>
        </label>
        <TextInput
          id="display-name"
          className={styles.personName}
          value={draft ?? name}
          maxLength={255}
          placeholder="The name of your account"
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
