import { Play, Square } from 'lucide-react'
import type { StepCheck } from '#shared/check.ts'
import type { ExecutionId } from '#shared/ids.ts'
import { runAction } from '../../lib/actions/offers.ts'
import { errorFacts, errorText } from '../../lib/error-text.ts'
import { texts } from '../../lib/texts/texts.ts'
import { api } from '../../lib/trpc.ts'
import { useAction } from '../../lib/use-action.ts'
import { Button } from '../../ui/button.tsx'
import { showToast } from '../../ui/toast.tsx'
import styles from './checks.module.css'
import { CheckRow } from './checks-rows.tsx'

interface ProjectRunProps {
  id: ExecutionId
  checks: readonly StepCheck[]
  onChanged: () => void
}

/** Starts the project in the workspace, for the person to try the result, and stops it. */
export function ProjectRun({ id, checks, onChanged }: ProjectRunProps) {
  const last = checks.findLast((check) => check.kind === 'run')
  const isRunning = last?.status === 'running'
  const start = useAction(
    async () => {
      try {
        await api.executions.runProject.mutate({ id })
      } catch (error) {
        if (errorFacts(error).reason !== 'NO_RUN_COMMAND') throw error
        const action = { label: texts.checks.addCommand, run: () => void runAction('board.settings') }
        showToast({ tone: 'bad', title: texts.checks.projectNotStarted, text: errorText(error), action })
      }
    },
    { failed: texts.checks.projectNotStarted, onSuccess: onChanged },
  )
  const stop = useAction(() => api.executions.stopProject.mutate({ id }), {
    failed: texts.checks.projectNotStopped,
    onSuccess: onChanged,
  })
  return (
    <section className={styles.project} aria-label={texts.checks.tryResult}>
      <div className={styles.bar}>
        {isRunning ? (
          <Button size="small" icon={<Square />} isBusy={stop.isPending} onClick={() => stop.mutate()}>
            {texts.checks.stopProject}
          </Button>
        ) : (
          <Button size="small" icon={<Play />} isBusy={start.isPending} onClick={() => start.mutate()}>
            {texts.checks.runProject}
          </Button>
        )}
      </div>
      {last && <CheckRow key={last.id} check={last} startsOpen={isRunning} />}
    </section>
  )
}
