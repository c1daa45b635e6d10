import { RotateCw } from 'lucide-react'
import type { ExecutionId } from '#shared/ids.ts'
import type { RetryWait } from '#shared/running.ts'
import { texts } from '../../lib/texts/texts.ts'
import { api } from '../../lib/trpc.ts'
import { useAction } from '../../lib/use-action.ts'
import { useNow } from '../../lib/use-now.ts'
import { Button } from '../../ui/button.tsx'
import { retryCause } from './retry-cause.ts'

/** Why a run stands still, and until when. The seconds are for the eye only: read out, they would never end. */
export function RetryText({ retry }: { retry: RetryWait }) {
  const now = useNow(1_000, true)
  return (
    <>
      {texts.execution.triesAgain(retryCause(retry.cause), retry.attempt, retry.max)}
      <span aria-hidden="true">{texts.execution.triesAgainIn(retry.until.getTime() - now)}</span>
    </>
  )
}

/** Ends the wait, for whoever knows that it would be answered now. */
export function TryNowButton({ id }: { id: ExecutionId }) {
  const tryNow = useAction(() => api.executions.tryNow.mutate({ id }), {
    failed: texts.execution.notTriedNow,
  })
  return (
    <Button size="small" icon={<RotateCw />} isBusy={tryNow.isPending} onClick={() => tryNow.mutate()}>
      {texts.execution.tryNow}
    </Button>
  )
}
