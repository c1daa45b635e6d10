import { useEffect, useRef, useState } from 'react'
import type { RunningExecution } from '#shared/running.ts'
import { waitingText } from '../../lib/activity-text.ts'
import { useShortcut } from '../../lib/shortcuts/use-keymap.ts'
import { texts } from '../../lib/texts/texts.ts'
import { groupRunning } from './group-running.ts'
import { useRunning } from './use-running.ts'

/** Reads out, wherever the person is, that an agent begins to wait for them, and the keys that lead there. */
export function WaitingNews() {
  const { data } = useRunning()
  const known = useRef<ReadonlySet<string> | null>(null)
  const [news, setNews] = useState<{ run: RunningExecution; count: number } | null>(null)
  const keys = { approvals: useShortcut('approvals.open'), agents: useShortcut('agents.open') }
  useEffect(() => {
    if (!data) return
    const waiting = groupRunning(data).find(({ group }) => group === 'waiting')?.runs ?? []
    const before = known.current
    known.current = new Set(waiting.map(questionOf))
    // What waits when the window opens is told by the numbers in the side bar.
    const run = before && waiting.findLast((one) => !before.has(questionOf(one)))
    if (run) setNews({ run, count: waiting.length })
    else if (waiting.length === 0) setNews(null)
  }, [data])
  return (
    <p role="status" className="hidden-visually">
      {news && <span key={questionOf(news.run)}>{wordsOf(news.run, news.count, keys)}</span>}
    </p>
  )
}

/** Tells one question of a run from another. */
function questionOf({ execution: { id, status, activity_line: line } }: RunningExecution): string {
  return `${id} ${status} ${line}`
}

function wordsOf(
  { execution, board, task }: RunningExecution,
  count: number,
  keys: Readonly<Record<'approvals' | 'agents', string | undefined>>,
): string {
  const isApproval = execution.status === 'awaiting_approval'
  return [
    texts.agents.waitsForYou(`${board.key}-${task.number} ${task.title}`),
    waitingText(execution)?.replace(/[^.?!]$/, '$&.') ?? (isApproval ? null : texts.agents.hasQuestions),
    count > 1 && texts.agents.waitInAll(count),
    isApproval
      ? keys.approvals && texts.agents.toApprovals(keys.approvals)
      : keys.agents && texts.agents.toAgents(keys.agents),
  ]
    .filter(Boolean)
    .join(' ')
}
