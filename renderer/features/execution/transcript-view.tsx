import { MessageSquareText } from 'lucide-react'
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react'
import { type ExecutionSummary, isActive } from '#shared/execution.ts'
import type { LogKind } from '#shared/execution-log.ts'
import { texts } from '../../lib/texts/texts.ts'
import { Button } from '../../ui/button.tsx'
import { EmptyState, ErrorState } from '../../ui/notice.tsx'
import { Spinner } from '../../ui/spinner.tsx'
import { PlanView } from './plan-view.tsx'
import { TranscriptBar } from './transcript-bar.tsx'
import { TranscriptList } from './transcript-list.tsx'
import styles from './transcript-view.module.css'
import { useExecution } from './use-executions.ts'
import { type Log, useLog } from './use-log.ts'
import { useLogSearch } from './use-log-search.ts'

/** What the agents of an execution did and do: all of it, to be read along, searched and filtered. */
export function TranscriptView({ execution }: { execution: ExecutionSummary }) {
  const { id } = execution
  const isRunning = isActive(execution.status)
  const [kinds, setKinds] = useState<readonly LogKind[] | null>(null)
  const log = useLog(id, kinds)
  const search = useLogSearch(id, kinds, isRunning)
  const field = useRef<HTMLInputElement>(null)
  const steps = useExecution(id).data?.steps
  const phases = useMemo(() => new Map(steps?.map((step) => [step.id, step])), [steps])
  const findHere = (event: KeyboardEvent) => {
    if (event.key.toLowerCase() !== 'f' || !(event.ctrlKey || event.metaKey) || event.shiftKey) return
    event.preventDefault()
    event.stopPropagation()
    field.current?.focus()
    field.current?.select()
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: only a way to the search field
    <div className={styles.view} onKeyDown={findHere}>
      <TranscriptBar id={id} search={search} field={field} kinds={kinds} onKinds={setKinds} />
      <PlanView entries={log.rows.plan} isRunning={isRunning} />
      {log.rows.count > 0 ? (
        <TranscriptList
          key={kinds?.join() ?? 'all'}
          id={id}
          log={log}
          search={search}
          steps={phases}
          isDemo={execution.provider === 'scripted'}
          isRunning={isRunning}
        />
      ) : (
        <NoRows log={log} isRunning={isRunning} isFiltered={kinds !== null} onAll={() => setKinds(null)} />
      )}
    </div>
  )
}

interface NoRowsProps {
  log: Log
  isRunning: boolean
  isFiltered: boolean
  onAll: () => void
}

function NoRows({ log, isRunning, isFiltered, onAll }: NoRowsProps) {
  const isRead = log.rows.isOutlined
  if (log.error) {
    return <ErrorState title={texts.transcript.whatAgentsDidCould} error={log.error} onRetry={log.retry} />
  }
  if (!isRead) return <Loading />
  if (isFiltered) {
    return (
      <EmptyState
        icon={<MessageSquareText />}
        title={texts.transcript.nothingKind}
        actions={<Button onClick={onAll}>{texts.transcript.showEverything}</Button>}
      >
        {texts.transcript.agentsLeftNothing}
      </EmptyState>
    )
  }
  return (
    <EmptyState
      icon={<MessageSquareText />}
      title={isRunning ? texts.transcript.agentsStarting : texts.transcript.nothingRecorded}
    >
      {isRunning ? texts.transcript.whatTheyReadWrite : texts.transcript.runEndedBeforeAgentBegan}
    </EmptyState>
  )
}

/** A log is mostly here at once: a sign of waiting would only flicker, milliseconds. */
const PATIENCE_MS = 150

function Loading() {
  const [isSlow, setSlow] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setSlow(true), PATIENCE_MS)
    return () => clearTimeout(timer)
  }, [])
  return (
    <div className={styles.loading}>
      {isSlow && <Spinner label={texts.transcript.loadingActivity} size={18} />}
    </div>
  )
}
