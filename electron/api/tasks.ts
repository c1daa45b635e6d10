import { z } from 'zod'
import { TaskId } from '#shared/ids.ts'
import { CreateTask, MoveTask, UpdateTask } from '#shared/task.ts'
import * as tasks from '../services/tasks.ts'
import { procedure, router } from './trpc.ts'

const One = z.strictObject({ id: TaskId })

export const tasksRouter = router({
  create: procedure.input(CreateTask).mutation(({ ctx, input }) => tasks.createTask(ctx, input)),
  get: procedure.input(One).query(({ ctx, input }) => tasks.getTask(ctx, input.id)),
  update: procedure.input(UpdateTask).mutation(({ ctx, input }) => tasks.updateTask(ctx, input)),
  move: procedure.input(MoveTask).mutation(({ ctx, input }) => tasks.moveTask(ctx, input)),
  delete: procedure.input(One).mutation(({ ctx, input }) => tasks.deleteTask(ctx, input.id)),
  restore: procedure.input(One).mutation(({ ctx, input }) => tasks.restoreTask(ctx, input.id)),
})
