import { texts } from '../../lib/texts/texts.ts'
import { usePreferences } from '../../lib/use-preferences.ts'
import { PageFrame, PageTitle } from '../../ui/page-frame.tsx'
import { AppearanceSection } from './appearance-section.tsx'
import { CredentialSection } from './credential-section.tsx'
import { DatabaseSection } from './database-section.tsx'
import { LimitsSection } from './limits-section.tsx'
import { LogSection } from './log-section.tsx'
import { NotifySection } from './notify-section.tsx'
import { PersonSection } from './person-section.tsx'
import { ProvidersSection } from './providers-section.tsx'
import { QuitSection } from './quit-section.tsx'
import { SystemSection } from './system-section.tsx'

/** Everything that holds for the whole app. */
export function SettingsPage() {
  const { preferences, update } = usePreferences()
  return (
    <PageFrame width={720} gap={32}>
      <PageTitle>{texts.settings.settings}</PageTitle>
      <PersonSection />
      {/* Whoever is sent here for a key finds it without searching. */}
      <CredentialSection />
      <ProvidersSection
        chosen={preferences.default_provider}
        onChoose={(id) => update({ default_provider: id })}
      />
      <LimitsSection />
      <AppearanceSection />
      <NotifySection />
      <QuitSection />
      <DatabaseSection />
      <SystemSection />
      <LogSection />
    </PageFrame>
  )
}
