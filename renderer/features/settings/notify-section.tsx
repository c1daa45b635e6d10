import { NotificationKind, type NotifyChoice } from '#shared/notification.ts'
import { DEFAULT_PREFERENCES } from '#shared/preferences.ts'
import { texts } from '../../lib/texts/texts.ts'
import { usePreferences } from '../../lib/use-preferences.ts'
import styles from './settings-page.module.css'
import { SettingsSection } from './settings-section.tsx'

const PLACES = ['inbox', 'native'] as const satisfies (keyof NotifyChoice)[]

/** Of what the person hears, in the inbox and on the desktop. */
export function NotifySection() {
  const { preferences, update } = usePreferences()
  const notify = { ...DEFAULT_PREFERENCES.notify, ...preferences.notify }
  const said = texts.appearance
  return (
    <SettingsSection title={said.notifications} hint={said.notificationsHint}>
      {NotificationKind.options.map((kind) => (
        <div key={kind} className={styles.row}>
          <div className={styles.rowText}>
            <div className={styles.rowTitle}>{said.kinds[kind].title}</div>
            <div className={styles.rowHint}>{said.kinds[kind].hint}</div>
          </div>
          {PLACES.map((place) => (
            <label key={place} className={styles.tick}>
              <input
                type="checkbox"
                aria-label={said.notify(said.kinds[kind].title, said.where[place])}
                checked={notify[kind][place]}
                onChange={(event) =>
                  update({
                    notify: { ...notify, [kind]: { ...notify[kind], [place]: event.target.checked } },
                  })
                }
              />
              {said.where[place]}
            </label>
          ))}
        </div>
      ))}
    </SettingsSection>
  )
}
