import { act, renderHook, waitFor } from '@testing-library/react'
import { beforeEach, expect, it } from 'vitest'
import type { Comment } from '#shared/comment.ts'
import { CommentId } from '#shared/ids.ts'
import { toTaskCard } from '#shared/task.ts'
import { toBoardState } from '../../renderer/features/board/board-state.ts'
import { useRunCounts } from '../../renderer/features/board/run-summary.tsx'
import { useTask } from '../../renderer/features/board/use-task.ts'
import { useComments } from '../../renderer/features/comments/use-comments.ts'
import { tellBoardMessages } from '../../renderer/lib/board-messages.ts'
import { PatchMap } from '../../renderer/lib/patch-map.ts'
import { keys } from '../../renderer/lib/query-keys.ts'
import { queryClient } from '../../renderer/lib/trpc.ts'
import { usePreferences } from '../../renderer/lib/use-preferences.ts'
import { at, BOARD, execution, openedBoard, task, taskId, uuid } from '../unit/renderer/fixtures.ts'
import { serveBoard } from './helpers/bridge.ts'
import { InWindow } from './helpers/in-window.tsx'
import { MemoryBoard } from './helpers/memory-board.ts'

let board: MemoryBoard

beforeEach(() => {
  queryClient.clear()
  board = new MemoryBoard()
  serveBoard(board)
})

const COMMENT: Comment = {
  id: CommentId.parse(uuid(960)),
  board_id: BOARD,
  task_id: taskId(1),
  author_type: 'person',
  author_id: 'ada',
  author_name: 'Ada',
  body: 'Look here.',
  edited_at: null,
  created_at: at(1),
  updated_at: at(1),
}

it('a comment that is made while the comments are being read is among them', async () => {
  const held = board.hold('comments.list')
  const { result } = renderHook(() => useComments(BOARD, taskId(1)), { wrapper: InWindow })
  await waitFor(() => expect(held.waiting).toBe(1)) // with nothing in it
  board.comments.push(COMMENT)
  act(() => tellBoardMessages(BOARD, [{ type: 'comment_created', data: COMMENT }]))
  held.release()
  await waitFor(() => expect(result.current.data?.map(({ body }) => body)).toEqual(['Look here.']))
})

it('a card that changes while it is being read is shown as it became', async () => {
  queryClient.setQueryData(keys.board(BOARD), toBoardState(openedBoard()))
  const held = board.hold('tasks.get')
  const { result } = renderHook(() => useTask(taskId(1)), { wrapper: InWindow })
  await waitFor(() => expect(held.waiting).toBe(1))
  board.asOtherUnheard(taskId(1), { title: 'Another title' })
  const newer = { ...openedBoard(), tasks: [toTaskCard(board.get(taskId(1)))] }
  queryClient.setQueryData(keys.board(BOARD), toBoardState(newer)) // its board has heard of it
  held.release()
  await waitFor(() => expect(result.current.data?.title).toBe('Another title'))
})

it('what was read of the preferences before they were changed does not bring them back', async () => {
  const { result } = renderHook(() => usePreferences(), { wrapper: InWindow })
  await waitFor(() => expect(queryClient.getQueryData(keys.preferences)).toBeDefined())
  const held = board.hold('settings.preferences')
  act(() => void queryClient.invalidateQueries({ queryKey: keys.preferences })) // as when the window gets the focus
  await waitFor(() => expect(held.waiting).toBe(1))
  act(() => result.current.update({ diff_view: 'split' }))
  held.release()
  await waitFor(() => expect(queryClient.isMutating() + queryClient.isFetching()).toBe(0))
  expect(result.current.preferences.diff_view).toBe('split')
})

it('of runs those count whose card is on the board, also when another card takes its place', () => {
  const failed = execution(1, { status: 'failed' })
  const executions = PatchMap.of([[failed.task_id, failed] as const])
  const cards = (number: number) => PatchMap.of([[taskId(number), toTaskCard(task(number))] as const])
  const { result, rerender } = renderHook(useRunCounts, { initialProps: { executions, tasks: cards(1) } })
  expect(result.current.failed).toBe(1)
  const before = result.current
  rerender({ executions, tasks: cards(1) })
  expect(result.current).toBe(before)
  rerender({ executions, tasks: cards(2) })
  expect(result.current.failed).toBe(0)
})
