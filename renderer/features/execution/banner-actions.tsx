import { CircleStop, Settings, Settings2 } from 'lucide-react'
import type { ComponentType, ReactNode } from 'react'
import type { ExecutionSummary } from '#shared/execution.ts'
import { runAction } from '../../lib/actions/offers.ts'
import { executionActions, isOutOfBudget } from '../../lib/execution-state.ts'
import { navigate } from '../../lib/route.ts'
import type { SettingsSection } from '../../lib/settings-sections.ts'
import { texts } from '../../lib/texts/texts.ts'
import { api } from '../../lib/trpc.ts'
import { useAction } from '../../lib/use-action.ts'
import { useIsUsedUp } from '../../lib/use-limits.ts'
import { Button } from '../../ui/button.tsx'
import { ResumeButtons } from './resume-buttons.tsx'
import { TryNowButton } from './retry-wait.tsx'
import type { useResume } from './use-resume.ts'

interface BannerActionsProps {
  execution: ExecutionSummary
  going: ReturnType<typeof useResume>
  /** A call of its model waits to be made again. */
  canTryNow: boolean
  /** Merge and Discard, from the feature that knows the result. */
  resultActions: ReactNode
  /** What lets it go on where Resume alone would not; it stands first. */
  WayOn: ComponentType<{ execution: ExecutionSummary }>
}

/** What a person can do about an execution now. */
export function BannerActions({ execution, going, canTryNow, resultActions, WayOn }: BannerActionsProps) {
  const can = executionActions(execution)
  const isUsedUp = useIsUsedUp(execution)
  return (
    <>
      {needsSettings(execution) && (
        <Button
          size="small"
          variant="primary"
          icon={<Settings />}
          onClick={() => navigate({ page: 'settings', section: sectionOf(execution) })}
        >
          {texts.execution.openSettings}
        </Button>
      )}
      {needsBoardSettings(execution) && (
        <Button
          size="small"
          variant="primary"
          icon={<Settings2 />}
          onClick={() => runAction('board.settings')}
        >
          {texts.execution.boardSettings}
        </Button>
      )}
      <WayOn execution={execution} />
      {canTryNow && <TryNowButton id={execution.id} />}
      {can.cancel && <CancelButton id={execution.id} />}
      {can.resume && !isUsedUp && <ResumeButtons going={going} isAnotherRound={isAtItsRounds(execution)} />}
      {(can.resolve || can.revert || can.restore) && resultActions}
    </>
  )
}

/** Whether there is anything that can be done. */
export function hasActions(execution: ExecutionSummary): boolean {
  const can = executionActions(execution)
  return can.cancel || can.resume || can.resolve || can.revert || can.restore
}

function CancelButton({ id }: Pick<ExecutionSummary, 'id'>) {
  const cancel = useAction(() => api.executions.cancel.mutate({ id }), {
    failed: texts.execution.agentsNotStopped,
  })
  return (
    <Button size="small" icon={<CircleStop />} isBusy={cancel.isPending} onClick={() => cancel.mutate()}>
      {cancel.isPending ? texts.execution.stopping : texts.execution.cancel}
    </Button>
  )
}

/** It ended without approval, so that going on means another round; a budget stops a run wherever it is. */
function isAtItsRounds(execution: ExecutionSummary): boolean {
  return execution.status === 'blocked' && !isOutOfBudget(execution)
}

function needsSettings({ status, failure_kind }: ExecutionSummary): boolean {
  return status === 'failed' && (failure_kind === 'auth' || failure_kind === 'not_installed')
}

/** An agent that speaks ACP has a login of its own; the others take the key. */
function sectionOf({ provider, failure_kind }: ExecutionSummary): SettingsSection {
  return failure_kind === 'auth' && !provider?.startsWith('acp:') ? 'api-key' : 'agents'
}

/** Its models are chosen there; Resume asks the one that is chosen then. */
function needsBoardSettings({ status, failure_kind }: ExecutionSummary): boolean {
  return status === 'failed' && failure_kind === 'model_unavailable'
}
