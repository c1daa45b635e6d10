import type { MouseEvent } from 'react'
import { navigate, routeHash } from '../../lib/route.ts'
import { SETTINGS_SECTIONS, type SettingsSection } from '../../lib/settings-sections.ts'
import { texts } from '../../lib/texts/texts.ts'
import { Select } from '../../ui/select.tsx'
import styles from './section-nav.module.css'

const go = (section: SettingsSection) => navigate({ page: 'settings', section })

/** The sections of the settings: beside them as a list, above them as one field where there is no room for it. */
export function SectionNav({ current }: { current: SettingsSection }) {
  const { sections, section, words } = texts.settingsSections
  /** Also to the one that the address names: it may be scrolled out of sight by now. */
  const goAnyway = (event: MouseEvent, to: SettingsSection) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return
    event.preventDefault()
    go(to)
  }
  return (
    <nav className={styles.nav} aria-label={sections}>
      <ul className={styles.list}>
        {SETTINGS_SECTIONS.map((id) => (
          <li key={id}>
            <a
              href={routeHash({ page: 'settings', section: id })}
              className={styles.link}
              aria-current={id === current ? 'location' : undefined}
              onClick={(event) => goAnyway(event, id)}
            >
              {words[id].title}
            </a>
          </li>
        ))}
      </ul>
      <div className={styles.field}>
        <Select<SettingsSection>
          label={section}
          value={current}
          choices={SETTINGS_SECTIONS.map((id) => ({ value: id, label: words[id].title }))}
          onChange={go}
        />
      </div>
    </nav>
  )
}
