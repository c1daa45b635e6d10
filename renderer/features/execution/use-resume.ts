import { useState } from 'react'
import type { ExecutionId } from '#shared/ids.ts'
import { errorFacts, errorText } from '../../lib/error-text.ts'
import { texts } from '../../lib/texts/texts.ts'
import { api } from '../../lib/trpc.ts'
import { useAction } from '../../lib/use-action.ts'

/** Has agents go on. Where their work is on another computer, `elsewhere` says so, and it can be started over on this one. */
export function useResume(id: ExecutionId, isPossible: boolean) {
  const [elsewhere, setElsewhere] = useState<string | null>(null)
  const startOver = useAction(() => api.executions.startOver.mutate({ id }), {
    failed: texts.execution.agentsNotStarted,
  })
  const resume = useAction(
    async () => {
      try {
        await api.executions.resume.mutate({ id })
        setElsewhere(null)
      } catch (error) {
        if (errorFacts(error).reason !== 'WORK_ELSEWHERE') throw error
        setElsewhere(errorText(error))
      }
    },
    { failed: texts.execution.agentsDidNotGo },
  )
  return { resume, startOver, elsewhere: isPossible ? elsewhere : null }
}
