import { CircleAlert } from 'lucide-react'
import type { ComponentType, ReactNode } from 'react'
import type { ExecutionSummary, Step } from '#shared/execution.ts'
import { executionActions, executionView } from '../../lib/execution-state.ts'
import { texts } from '../../lib/texts/texts.ts'
import { useHalfMerged } from '../../lib/use-half-merged.ts'
import { useQueued } from '../../lib/use-queue.ts'
import { Callout } from '../../ui/notice.tsx'
import { BannerActions, hasActions } from './banner-actions.tsx'
import { bannerWords } from './banner-words.tsx'
import { RetryText } from './retry-wait.tsx'
import { useResume } from './use-resume.ts'
import { useWork } from './use-work.ts'

interface StatusBannerProps {
  execution: ExecutionSummary
  /** Null while they are read. */
  steps: readonly Step[] | null
  /** Merge and Discard, from the feature that knows the result. */
  resultActions: ReactNode
  /** What lets it go on where Resume alone would not. */
  WayOn: ComponentType<{ execution: ExecutionSummary }>
}

/** How an execution stands, in a sentence, and what can be done about it. */
export function StatusBanner({ execution, steps, resultActions, WayOn }: StatusBannerProps) {
  const half = useHalfMerged(execution)
  const view = executionView(execution, half)
  const { title, text, icon } = bannerWords(execution, steps)
  const queued = useQueued(execution)
  const waits = queued && `${texts.agents.place(queued.place)}. ${queued.reason}`
  const work = useWork(execution)
  const retry = execution.status === 'running' ? work.retry : null
  const going = useResume(execution.id, executionActions(execution).resume)
  const actions = hasActions(execution) && (
    <BannerActions
      execution={execution}
      going={going}
      canTryNow={retry?.can_try_now ?? false}
      resultActions={resultActions}
      WayOn={WayOn}
    />
  )
  return (
    <div role="status" aria-label={texts.execution.stateAgents}>
      <Callout
        tone={retry ? 'warn' : view.tone}
        icon={half ? <CircleAlert /> : icon}
        title={half ? view.label : title}
        actions={actions}
      >
        {retry ? <RetryText retry={retry} /> : (going.elsewhere ?? waits ?? text)}
      </Callout>
    </div>
  )
}
