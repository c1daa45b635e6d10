import { useQueryClient } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { UpdateBoard } from '#shared/board.ts'
import type { Column, UpdateColumn } from '#shared/column.ts'
import type { BoardId, ColumnId, ExecutionId, TaskId } from '#shared/ids.ts'
import type { Task, UpdateTask } from '#shared/task.ts'
import { errorText } from '../../lib/error-text.ts'
import { api } from '../../lib/trpc.ts'
import { showToast } from '../../ui/toast.tsx'
import { withColumn, withExecution, withoutColumn, withoutTask, withTask } from './apply-event.ts'
import { patchBoard } from './use-board.ts'

export type BoardActions = ReturnType<typeof useBoardActions>

/** What a person can do on a board, but for moving. Each shows its result at once and tells when it was refused. */
export function useBoardActions(boardId: BoardId) {
  const cache = useQueryClient()
  return useMemo(() => {
    const patch = (change: Parameters<typeof patchBoard>[2]) => patchBoard(cache, boardId, change)

    async function attempt(failed: string, act: () => Promise<void>): Promise<boolean> {
      try {
        await act()
        return true
      } catch (error) {
        showToast({ tone: 'bad', title: failed, text: errorText(error) })
        return false
      }
    }

    return {
      createTask: (columnId: ColumnId, title: string) =>
        attempt('The card was not created', async () => {
          const task = await api.tasks.create.mutate({ board_id: boardId, column_id: columnId, title })
          patch((state) => withTask(state, task))
        }),
      updateTask: (input: UpdateTask) =>
        attempt('The card was not changed', async () => {
          const task = await api.tasks.update.mutate(input)
          patch((state) => withTask(state, task))
        }),
      deleteTask: (task: Task, key: string) =>
        attempt(`${key} was not deleted`, async () => {
          await api.tasks.delete.mutate({ id: task.id })
          patch((state) => withoutTask(state, task.id))
          showToast({
            title: `${key} moved to the trash`,
            text: task.title,
            action: {
              label: 'Undo',
              run: () =>
                void attempt(`${key} was not restored`, async () => {
                  const restored = await api.tasks.restore.mutate({ id: task.id })
                  patch((state) => withTask(state, restored))
                }),
            },
          })
        }),
      runTask: (taskId: TaskId) =>
        attempt('The agents were not started', async () => {
          const execution = await api.executions.start.mutate({ task_id: taskId })
          patch((state) => withExecution(state, execution))
        }),
      cancelExecution: (id: ExecutionId) =>
        attempt('The agents were not stopped', async () => {
          const execution = await api.executions.cancel.mutate({ id })
          patch((state) => withExecution(state, execution))
        }),
      createColumn: (name: string) =>
        attempt('The column was not created', async () => {
          const column = await api.columns.create.mutate({ board_id: boardId, name })
          patch((state) => withColumn(state, column))
        }),
      updateColumn: (input: UpdateColumn) =>
        attempt('The column was not changed', async () => {
          const column = await api.columns.update.mutate(input)
          patch((state) => withColumn(state, column))
        }),
      deleteColumn: (column: Column) =>
        attempt(`“${column.name}” was not deleted`, async () => {
          await api.columns.delete.mutate({ id: column.id })
          patch((state) => withoutColumn(state, column.id))
          showToast({
            title: `“${column.name}” moved to the trash`,
            action: {
              label: 'Undo',
              run: () =>
                void attempt(`“${column.name}” was not restored`, async () => {
                  const restored = await api.columns.restore.mutate({ id: column.id })
                  patch((state) => withColumn(state, restored))
                }),
            },
          })
        }),
      updateBoard: (input: Omit<UpdateBoard, 'id'>) =>
        attempt('The board was not changed', async () => {
          const board = await api.boards.update.mutate({ id: boardId, ...input })
          patch((state) => ({ ...state, board }))
        }),
    }
  }, [cache, boardId])
}
