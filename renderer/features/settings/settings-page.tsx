import { Monitor, Moon, Sun } from 'lucide-react'
import { usePreferences } from '../../lib/use-preferences.ts'
import { Segmented } from '../../ui/segmented.tsx'
import { CredentialSection } from './credential-section.tsx'
import { KeyboardRow } from './keyboard-row.tsx'
import { DatabaseSection } from './database-section.tsx'
import { LogSection } from './log-section.tsx'
import { PersonSection } from './person-section.tsx'
import { ProvidersSection } from './providers-section.tsx'
import styles from './settings-page.module.css'
import { SettingsSection } from './settings-section.tsx'
import { SystemSection } from './system-section.tsx'

/** Everything that holds for the whole app. */
export function SettingsPage() {
  const { preferences, update } = usePreferences()
  return (
    <main className={styles.page}>
      <div className={styles.content}>
        <h1 className={styles.title}>Settings</h1>
        <PersonSection />
        <SettingsSection title="Appearance">
          <div className={styles.row}>
            <div className={styles.rowText}>Theme</div>
            <Segmented
              label="Theme"
              value={preferences.theme}
              onChange={(theme) => update({ theme })}
              choices={[
                { value: 'system', label: 'System', icon: <Monitor /> },
                { value: 'light', label: 'Light', icon: <Sun /> },
                { value: 'dark', label: 'Dark', icon: <Moon /> },
              ]}
            />
          </div>
          <KeyboardRow />
        </SettingsSection>
        <ProvidersSection
          chosen={preferences.default_provider}
          onChoose={(id) => update({ default_provider: id })}
        />
        <CredentialSection />
        <DatabaseSection />
        <SystemSection />
        <LogSection />
      </div>
    </main>
  )
}
