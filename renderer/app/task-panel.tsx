import { lazy, Suspense, useState } from 'react'
import { type ExecutionSummary, isActive } from '#shared/execution.ts'
import type { ExecutionId } from '#shared/ids.ts'
import type { Task } from '#shared/task.ts'
import { ActivityFeed } from '../features/activity/activity-feed.tsx'
import { drawAttached } from '../features/attachments/attached-image.tsx'
import { AttachmentsSection } from '../features/attachments/attachments-section.tsx'
import { DropZone } from '../features/attachments/drop-zone.tsx'
import { type BoardState, columnsInOrder } from '../features/board/board-state.ts'
import { useBoardActions } from '../features/board/use-board-actions.ts'
import { useMoves } from '../features/board/use-moves.ts'
import { InterruptedMerge } from '../features/changes/interrupted-merge.tsx'
import { ResultActions } from '../features/changes/result-actions.tsx'
import { AlternativesDialog } from '../features/decisions/alternatives-dialog.tsx'
import { JudgePart } from '../features/decisions/judge-part.tsx'
import { LeftFiles } from '../features/decisions/left-files.tsx'
import { RaiseLimit } from '../features/decisions/raise-limit.tsx'
import { RunDecisions } from '../features/decisions/run-decisions.tsx'
import { AgentsSection } from '../features/execution/agents-section.tsx'
import { TranscriptView } from '../features/execution/transcript-view.tsx'
import { useExecutions } from '../features/execution/use-executions.ts'
import { useFileChanges } from '../features/execution/use-file-changes.ts'
import { TaskForm } from '../features/task/task-form.tsx'
import { TaskHeader } from '../features/task/task-header.tsx'
import { texts } from '../lib/texts/texts.ts'
import { EmptyState } from '../ui/notice.tsx'
import { Tabs } from '../ui/tabs.tsx'
import styles from './board-screen.module.css'
import { SidePanel } from './side-panel.tsx'
import { TaskComments } from './task-comments.tsx'
import { TaskLinks } from './task-links.tsx'
import { useCardPage } from './use-card-page.ts'
import { useCreateLabel } from './use-create-label.ts'

// The diff view and its grammars are the heaviest part of the window, and needed last.
const ChangesTab = lazy(async () => ({
  default: (await import('../features/changes/changes-tab.tsx')).ChangesTab,
}))

interface TaskPanelProps {
  state: BoardState
  task: Task
  onClose: () => void
}

type TabName = 'overview' | 'activity' | 'changes' | 'history'

/** The open card: what it says, what agents do with it, and what they changed. */
export function TaskPanel({ state, task, onClose }: TaskPanelProps) {
  const { executions, execution, select } = useShownExecution(state, task)
  const [tab, setTab] = useState<TabName>('overview')
  const isRunning = execution !== null && isActive(execution.status)
  const changed = useFileChanges(tab === 'changes' && isRunning ? execution.id : null)
  const [isComparing, setComparing] = useState(false)
  const [areRoundsCompared, setRoundsCompared] = useState(false)
  const actions = useBoardActions(state.board.id)
  const moves = useMoves(state.board.id)
  const cardKey = `${state.board.key}-${task.number}`
  const columns = columnsInOrder(state)
  const createLabel = useCreateLabel(state.board.id)
  const page = useCardPage({ boardId: state.board.id, taskId: task.id, cardKey })

  const agents = (
    <AgentsSection
      taskId={task.id}
      executions={executions}
      execution={execution}
      onSelect={select}
      resultActions={
        execution && (
          <>
            <ResultActions execution={execution} cardKey={cardKey} cardTitle={task.title} />
            <JudgePart execution={execution} />
          </>
        )
      }
      WayOn={RaiseLimit}
      decisions={
        execution && (
          <>
            <InterruptedMerge execution={execution} cardKey={cardKey} cardTitle={task.title} />
            <RunDecisions execution={execution} executions={executions} onShow={select} />
          </>
        )
      }
      onSeveral={() => setComparing(true)}
      onCompareRounds={() => {
        setRoundsCompared(true)
        setTab('changes')
      }}
    />
  )
  const overview = (
    <DropZone boardId={state.board.id} taskId={task.id} cardKey={cardKey}>
      <div className={styles.overview}>
        <TaskForm
          task={task}
          cardKey={cardKey}
          columns={columns}
          labels={state.labels}
          onSave={actions.editTask}
          onMove={(columnId) => moves.moveToEnd(task.id, columnId)}
          onCreateLabel={createLabel}
          image={drawAttached}
          aside={execution && agents}
        >
          {/* Nobody has worked on it yet: what the card says comes first. */}
          {!execution && agents}
          <AttachmentsSection boardId={state.board.id} taskId={task.id} cardKey={cardKey} />
          <TaskLinks state={state} task={task} />
          <TaskComments task={task} cardKey={cardKey} />
        </TaskForm>
      </div>
    </DropZone>
  )
  const activity = execution ? (
    <TranscriptView key={execution.id} execution={execution} />
  ) : (
    <EmptyState title={texts.app.noAgentWorkedOnCard}>{texts.app.runAndWhatAgents}</EmptyState>
  )
  const changes = execution ? (
    <Suspense fallback={null}>
      <ChangesTab
        key={execution.id}
        execution={execution}
        changes={changed}
        isComparing={areRoundsCompared}
        onCompare={setRoundsCompared}
        decisions={<LeftFiles execution={execution} />}
      />
    </Suspense>
  ) : (
    <EmptyState title={texts.app.noChanges}>{texts.app.whenAgentsWork}</EmptyState>
  )

  const history = <ActivityFeed boardId={state.board.id} taskId={task.id} />

  return (
    <SidePanel
      label={`${cardKey} ${task.title}`}
      resizer={texts.app.widthCard}
      isFull={page.isFull}
      onClose={onClose}
    >
      <TaskHeader
        cardKey={cardKey}
        boardName={page.isFull ? state.board.name : null}
        isFull={page.isFull}
        onToggleFull={page.toggle}
        onCopyKey={page.copyKey}
        onCopyLink={page.copyLink}
        onOpenWindow={page.openWindow}
        onDelete={() => {
          onClose()
          void actions.deleteTask(task, cardKey)
        }}
        onClose={onClose}
      />
      <Tabs<TabName>
        label={texts.app.viewsCard}
        value={tab}
        onChange={setTab}
        tabs={[
          { value: 'overview', label: texts.app.overview, content: overview },
          { value: 'activity', label: texts.app.activity, content: activity },
          {
            value: 'changes',
            label: texts.app.changes,
            count: execution?.files_changed || null,
            content: changes,
          },
          { value: 'history', label: texts.app.history, content: history },
        ]}
      />
      {isComparing && <AlternativesDialog taskId={task.id} onClose={() => setComparing(false)} />}
    </SidePanel>
  )
}

/** The latest execution, or the earlier one that the person chose to look at. */
function useShownExecution(state: BoardState, task: Task) {
  const list = useExecutions(task.id)
  const [chosen, setChosen] = useState<ExecutionId | null>(null)
  const latest = state.executions.get(task.id)
  const executions = withLatest(list.data ?? [], latest)
  const shown = (id: ExecutionId | null | undefined) => executions.find((one) => one.id === id)
  const execution = shown(chosen) ?? shown(latest?.id) ?? executions[0] ?? null
  return { executions, execution, select: setChosen }
}

/** The list with what the board knows of the latest one: the board hears of changes first. */
function withLatest(
  list: readonly ExecutionSummary[],
  latest: ExecutionSummary | undefined,
): ExecutionSummary[] {
  if (!latest) return [...list]
  if (!list.some((one) => one.id === latest.id)) return [latest, ...list]
  const isNewer = (one: ExecutionSummary) => one.updated_at.getTime() > latest.updated_at.getTime()
  return list.map((one) => (one.id === latest.id && !isNewer(one) ? latest : one))
}
