import { RefreshCw } from 'lucide-react'
import { texts } from '../../lib/texts/texts.ts'
import { usePreferences } from '../../lib/use-preferences.ts'
import { Button } from '../../ui/button.tsx'
import { ErrorState } from '../../ui/notice.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { AgentRow } from './agent-row.tsx'
import styles from './agents.module.css'
import page from './settings-page.module.css'
import { SettingsSection } from './settings-section.tsx'
import { useCatalogue } from './use-agents.ts'

/** What can do the thinking, whether it is here, and which one is used where a board names none. */
export function ProvidersSection() {
  const { preferences, update } = usePreferences()
  const { list, accept, look } = useCatalogue()
  return (
    <SettingsSection
      title={texts.agentSettings.agents}
      hint={texts.agentSettings.defaultUsedOnBoards}
      action={
        <Button
          size="small"
          variant="ghost"
          icon={<RefreshCw />}
          isBusy={look.isPending}
          onClick={() => look.mutate()}
        >
          {texts.agentSettings.lookAgain}
        </Button>
      }
    >
      {list.isPending && (
        <div
          className={page.loading}
          role="status"
          aria-label={texts.agentSettings.lookingForAgentsOnMachine}
        >
          <Skeleton width="40%" />
          <Skeleton width="70%" />
        </div>
      )}
      {list.isError && !list.data && (
        <ErrorState
          title={texts.agentSettings.agentsCouldNotRead}
          error={list.error}
          onRetry={() => void list.refetch()}
        />
      )}
      {list.data && (
        <ul className={styles.list}>
          {list.data.map((agent) => (
            <AgentRow
              key={agent.id}
              agent={agent}
              isDefault={agent.id === preferences.default_provider}
              onChoose={() => update({ default_provider: agent.id })}
              onChange={accept}
            />
          ))}
        </ul>
      )}
    </SettingsSection>
  )
}
