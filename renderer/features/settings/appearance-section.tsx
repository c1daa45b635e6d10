import { Monitor, Moon, Sun } from 'lucide-react'
import type { Preferences } from '#shared/preferences.ts'
import { dateFormat, numberFormat, setLocale } from '../../lib/locale.ts'
import { texts } from '../../lib/texts/texts.ts'
import { usePreferences } from '../../lib/use-preferences.ts'
import { Segmented } from '../../ui/segmented.tsx'
import { Select } from '../../ui/select.tsx'
import { KeyboardRow } from './keyboard-row.tsx'
import { LOCALES, localeName } from './locales.ts'
import styles from './settings-page.module.css'
import { SettingsSection } from './settings-section.tsx'

const SYSTEM = 'system'
const EXAMPLE = { date: new Date(2026, 11, 31, 14, 5), number: 12_345.6 }
const exampleDate = dateFormat({ dateStyle: 'medium', timeStyle: 'short' })
const exampleNumber = numberFormat()

/** How the window looks and writes. */
export function AppearanceSection() {
  const { preferences, update } = usePreferences()
  const said = texts.appearance
  const chooseLocale = (value: string) => {
    const language = value === SYSTEM ? null : value
    setLocale(language)
    update({ language })
  }
  return (
    <SettingsSection title={said.title}>
      <div className={styles.row}>
        <div className={styles.rowText}>
          <div className={styles.rowTitle}>{said.theme}</div>
        </div>
        <Segmented<Preferences['theme']>
          label={said.theme}
          value={preferences.theme}
          onChange={(theme) => update({ theme })}
          choices={[
            { value: 'system', label: said.themes.system, icon: <Monitor /> },
            { value: 'light', label: said.themes.light, icon: <Sun /> },
            { value: 'dark', label: said.themes.dark, icon: <Moon /> },
          ]}
        />
      </div>
      <div className={styles.row}>
        <div className={styles.rowText}>
          <div className={styles.rowTitle}>{said.density}</div>
          <div className={styles.rowHint}>{said.densityHint}</div>
        </div>
        <Segmented<Preferences['density']>
          label={said.density}
          value={preferences.density}
          onChange={(density) => update({ density })}
          choices={[
            { value: 'comfortable', label: said.densities.comfortable },
            { value: 'compact', label: said.densities.compact },
          ]}
        />
      </div>
      <div className={styles.row}>
        <div className={styles.rowText}>
          <div className={styles.rowTitle}>{said.locale}</div>
          <div className={styles.rowHint}>
            {said.localeHint(
              `${exampleDate().format(EXAMPLE.date)} · ${exampleNumber().format(EXAMPLE.number)}`,
            )}
          </div>
        </div>
        <div className={styles.choice}>
          <Select<string>
            label={said.locale}
            value={preferences.language ?? SYSTEM}
            onChange={chooseLocale}
            choices={[
              { value: SYSTEM, label: said.systemLocale },
              ...LOCALES.map((tag) => ({ value: tag, label: localeName(tag) })),
            ]}
          />
        </div>
      </div>
      <KeyboardRow />
    </SettingsSection>
  )
}
