import { useQuery } from '@tanstack/react-query'
import type { ProviderId } from '#shared/provider.ts'
import { keys } from '../../lib/query-keys.ts'
import { api } from '../../lib/trpc.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { ErrorState } from '../../ui/notice.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import styles from './settings-page.module.css'
import { SettingsSection } from './settings-section.tsx'

interface ProvidersSectionProps {
  chosen: ProviderId
  onChoose: (id: ProviderId) => void
}

/** What can do the thinking, whether it can now, and which one is used where a board names none. */
export function ProvidersSection({ chosen, onChoose }: ProvidersSectionProps) {
  const providers = useQuery({ queryKey: keys.providers, queryFn: () => api.settings.providers.query() })
  return (
    <SettingsSection
      title="Agents"
      hint="The default is used on boards that do not name an agent of their own."
    >
      {providers.isPending && (
        <div className={styles.loading}>
          <Skeleton width="40%" />
          <Skeleton width="70%" />
        </div>
      )}
      {providers.isError && !providers.data && (
        <ErrorState
          title="The agents could not be read"
          error={providers.error}
          onRetry={() => void providers.refetch()}
        />
      )}
      {providers.data?.map((provider) => (
        <div key={provider.id} className={styles.row}>
          <div className={styles.rowText}>
            <div className={styles.rowTitle}>
              {provider.name}
              <Badge tone={provider.available ? 'good' : 'warn'}>
                {provider.available ? 'Ready' : 'Not ready'}
              </Badge>
            </div>
            <div className={styles.rowHint}>{provider.message}</div>
          </div>
          {provider.id === chosen ? (
            <Badge tone="run">Default</Badge>
          ) : (
            <Button
              size="small"
              aria-label={`Make ${provider.name} the default`}
              onClick={() => onChoose(provider.id)}
            >
              Make default
            </Button>
          )}
        </div>
      ))}
    </SettingsSection>
  )
}
