import { BUILT_IN_PROVIDERS, providerName } from '#shared/provider.ts'
import { texts } from '../../lib/texts/texts.ts'
import { usePreferences } from '../../lib/use-preferences.ts'
import { Select } from '../../ui/select.tsx'
import styles from './settings-page.module.css'
import { SettingsSection } from './settings-section.tsx'
import { useCatalogue } from './use-agents.ts'

const COUNTS = [1, 2, 3, 4, 5, 6, 8, 10, 15, 20, 30, 50]
const CHOICES = COUNTS.map((count) => ({
  value: String(count),
  label: texts.agentSettings.runs(count),
}))
const NO_LIMIT = { value: 'none', label: texts.agentSettings.noLimitOwn }

/** How many runs this app has at work at once; further ones wait in their order. */
export function LimitsSection() {
  const { preferences, update } = usePreferences()
  const { list } = useCatalogue()
  const { most_executions, provider_limits } = preferences
  const found = (list.data ?? []).filter((agent) => agent.available).map(({ id }) => id)
  const providers = [...new Set([...BUILT_IN_PROVIDERS, ...found])]
  return (
    <SettingsSection title={texts.agentSettings.atSameTime} hint={texts.agentSettings.whatNoPlaceYet}>
      <div className={styles.row}>
        <span className={styles.rowText}>
          <span className={styles.rowTitle}>{texts.agentSettings.runsInAll}</span>
        </span>
        <Select
          label={texts.agentSettings.runsInAll}
          value={String(most_executions)}
          choices={CHOICES}
          onChange={(value) => update({ most_executions: Number(value) })}
        />
      </div>
      {providers.map((id) => (
        <div key={id} className={styles.row}>
          <span className={styles.rowText}>
            <span className={styles.rowTitle}>{providerName(id)}</span>
          </span>
          <Select
            label={texts.agentSettings.runsOf(providerName(id))}
            value={String(provider_limits[id] ?? 'none')}
            choices={[NO_LIMIT, ...CHOICES]}
            onChange={(value) => {
              const { [id]: _, ...others } = provider_limits
              update({
                provider_limits: value === 'none' ? others : { ...others, [id]: Number(value) },
              })
            }}
          />
        </div>
      ))}
    </SettingsSection>
  )
}
