import { useQuery } from '@tanstack/react-query'
import { useCallback, useEffect, useMemo, useState } from 'react'
import type { BoardId, TaskId } from '#shared/ids.ts'
import type { ProviderStatus } from '#shared/provider.ts'
import { ActivityPanel } from '../features/activity/activity-panel.tsx'
import { BoardSkeleton } from '../features/board/board-skeleton.tsx'
import { type BoardState, countAll } from '../features/board/board-state.ts'
import { BoardToolbar } from '../features/board/board-toolbar.tsx'
import { useRunCounts } from '../features/board/run-summary.tsx'
import { useBoard } from '../features/board/use-board.ts'
import { useBoardLive } from '../features/board/use-board-live.ts'
import { exportEntries } from '../features/boards/export-entries.tsx'
import { useImportTaskList } from '../features/boards/use-import-task-list.tsx'
import { CardActivity } from '../features/execution/card-activity.tsx'
import { useBoardWork } from '../features/execution/use-work.ts'
import { PresenceAvatars } from '../features/presence/presence-avatars.tsx'
import { useLostCard } from '../features/task/deleted-card.tsx'
import { errorFacts } from '../lib/error-text.ts'
import type { LiveStatus } from '../lib/live.ts'
import { keys } from '../lib/query-keys.ts'
import { navigate } from '../lib/route.ts'
import { texts } from '../lib/texts/texts.ts'
import { api } from '../lib/trpc.ts'
import { useLatestCallback } from '../lib/use-latest-callback.ts'
import { usePreferences } from '../lib/use-preferences.ts'
import { Button } from '../ui/button.tsx'
import { EmptyState, ErrorState } from '../ui/notice.tsx'
import { ActivityButton } from './activity-button.tsx'
import { BoardBody } from './board-body.tsx'
import styles from './board-screen.module.css'
import { BoardSettings } from './board-settings.tsx'
import { DeleteBoard } from './delete-board.tsx'
import { DeletedPanel } from './deleted-panel.tsx'
import { OpenTask } from './open-task.tsx'
import { useActivityPanel } from './use-activity-panel.ts'
import { useBoardTemplates } from './use-board-templates.tsx'
import { usePutAway } from './use-put-away.tsx'

interface BoardScreenProps {
  boardId: BoardId
  taskId: TaskId | null
}

/** A board, and beside it the card that is open. */
export function BoardScreen({ boardId, taskId }: BoardScreenProps) {
  const board = useBoard(boardId)
  const live = useBoardLive(boardId, board.data?.snapshot)
  if (board.isPending) return <BoardSkeleton />
  if (!board.data) {
    return (
      <main className={styles.centre}>
        {errorFacts(board.error).code === 'NOT_FOUND' ? (
          <Gone />
        ) : (
          <ErrorState
            title={texts.app.boardCouldNotRead}
            error={board.error}
            onRetry={() => void board.refetch()}
          />
        )}
      </main>
    )
  }
  if (board.data.isDeleted) {
    return (
      <main className={styles.centre}>
        <Gone />
      </main>
    )
  }
  return <LoadedBoard state={board.data} live={live} taskId={taskId} />
}

function Gone() {
  const { update } = usePreferences()
  useEffect(() => update({ last_board_id: null }), [update])
  return (
    <EmptyState
      title={texts.app.boardGone}
      actions={
        <Button onClick={() => navigate({ page: 'boards' }, { replace: true })}>{texts.app.goStart}</Button>
      }
    >
      {texts.app.deletedHere}
    </EmptyState>
  )
}

interface LoadedBoardProps {
  state: BoardState
  live: LiveStatus
  taskId: TaskId | null
}

function LoadedBoard({ state, live, taskId }: LoadedBoardProps) {
  const [open, setOpen] = useState<'settings' | 'delete' | null>(null)
  const providers = useQuery({ queryKey: keys.providers, queryFn: () => api.settings.providers.query() })
  const provider = useProviderInUse(state, providers.data)
  const boardId = state.board.id
  useBoardWork(boardId)
  const openTask = useCallback((id: TaskId) => navigate({ page: 'board', boardId, taskId: id }), [boardId])
  const closeTask = useCallback(() => navigate({ page: 'board', boardId, taskId: null }), [boardId])
  const close = () => setOpen(null)
  const putAway = usePutAway(state)
  const templates = useBoardTemplates(state, taskId)
  const taskList = useImportTaskList(state.board)
  const openId = taskId !== null && isThere(state, taskId) ? taskId : null
  const lost = useLostCard(openId ? null : taskId)
  const activity = useActivityPanel(openId !== null || lost !== null, closeTask)
  const counts = useRunCounts(state)
  const entries = useLatestCallback(() => [
    taskList.entry,
    ...exportEntries(state.board),
    templates.entry,
    ...putAway,
  ])
  const openSettings = useCallback(() => setOpen('settings'), [])
  const openDelete = useCallback(() => setOpen('delete'), [])
  const toggleActivity = useLatestCallback(activity.toggle)
  const tools = useMemo(
    () => (
      <>
        <PresenceAvatars boardId={boardId} />
        <ActivityButton isOpen={activity.isShown} onPress={toggleActivity} />
      </>
    ),
    [boardId, activity.isShown, toggleActivity],
  )
  return (
    <div className={styles.screen}>
      <main className={styles.board} aria-label={state.board.name}>
        <BoardToolbar
          board={state.board}
          project={state.project}
          counts={counts}
          live={live}
          provider={provider}
          entries={entries}
          onSettings={openSettings}
          onDelete={openDelete}
        >
          {tools}
        </BoardToolbar>
        <BoardBody state={state} openTaskId={taskId} onOpenTask={openTask} Activity={CardActivity} />
      </main>
      {activity.isShown && (
        <aside
          className={styles.activity}
          data-covering={activity.isCovering}
          aria-label={texts.app.activity}
        >
          <ActivityPanel
            boardId={boardId}
            isThere={(id) => state.tasks.has(id)}
            onOpenTask={openTask}
            onClose={activity.toggle}
          />
        </aside>
      )}
      {openId && <OpenTask key={openId} state={state} id={openId} onClose={closeTask} />}
      {lost && <DeletedPanel state={state} task={lost} onClose={closeTask} />}
      {templates.dialog}
      {taskList.dialog}
      {open === 'settings' && (
        <BoardSettings state={state} providers={providers.data ?? []} onClose={close} />
      )}
      {open === 'delete' && (
        <DeleteBoard board={{ ...state.board, task_count: countAll(state) }} onDone={close} />
      )}
    </div>
  )
}

/** Whether a card is on the board, as far as is known: it may still be to come. */
function isThere({ tasks, loading }: BoardState, id: TaskId): boolean {
  return tasks.has(id) || (loading !== null && !loading.gone.has(id))
}

/** The board's provider, else the one of the preferences. */
function useProviderInUse(state: BoardState, providers: readonly ProviderStatus[] | undefined) {
  const { preferences } = usePreferences()
  const id = state.board.settings.provider ?? preferences.default_provider
  return providers?.find((provider) => provider.id === id)
}
