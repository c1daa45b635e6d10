import { type ComponentType, useLayoutEffect, useRef, useState } from 'react'
import { SETTINGS_SECTIONS, type SettingsSection } from '../../lib/settings-sections.ts'
import { texts } from '../../lib/texts/texts.ts'
import { PageFrame, PageTitle } from '../../ui/page-frame.tsx'
import { AppearanceSection } from './appearance-section.tsx'
import { CredentialSection } from './credential-section.tsx'
import { BackupsSection, DatabaseSection } from './database-section.tsx'
import { FIRST_SECTION, followSections } from './follow-sections.ts'
import { LimitsSection } from './limits-section.tsx'
import { LogSection } from './log-section.tsx'
import { NotifySection } from './notify-section.tsx'
import { PersonSection } from './person-section.tsx'
import { ProvidersSection } from './providers-section.tsx'
import { QuitSection } from './quit-section.tsx'
import styles from './section-nav.module.css'
import { SectionNav } from './section-nav.tsx'
import { SystemSection } from './system-section.tsx'

const SECTIONS: Readonly<Record<SettingsSection, ComponentType>> = {
  you: PersonSection,
  'api-key': CredentialSection,
  agents: ProvidersSection,
  limits: LimitsSection,
  appearance: AppearanceSection,
  notifications: NotifySection,
  quitting: QuitSection,
  database: DatabaseSection,
  backups: BackupsSection,
  system: SystemSection,
  log: LogSection,
}

/** Everything that holds for the whole app, and the way to each part of it. */
export function SettingsPage({ section }: { section: SettingsSection | null }) {
  const parts = useRef<HTMLDivElement>(null)
  const [first] = useState(section)
  const [current, setCurrent] = useState(first ?? FIRST_SECTION)
  useLayoutEffect(
    () => (parts.current ? followSections(parts.current, first, setCurrent) : undefined),
    [first],
  )
  return (
    <PageFrame width={920}>
      <div className={styles.frame}>
        <div className={styles.layout}>
          <div className={styles.side}>
            <PageTitle>{texts.settings.settings}</PageTitle>
            <SectionNav current={current} />
          </div>
          <div ref={parts} className={styles.parts}>
            {SETTINGS_SECTIONS.map((id) => {
              const Section = SECTIONS[id]
              return (
                <div key={id} data-section={id} className={styles.part}>
                  <Section />
                </div>
              )
            })}
          </div>
        </div>
      </div>
    </PageFrame>
  )
}
