import { z } from 'zod'
import { TaskId } from '#shared/ids.ts'
import { ChangeTasks, CreateTask, DuplicateTasks, ListArchived, MoveTask, UpdateTask } from '#shared/task.ts'
import { ImportTaskList, InspectTaskList } from '#shared/task-list.ts'
import { listArchived } from '../services/archive.ts'
import { changeTasks } from '../services/change-tasks.ts'
import { importTaskList, inspectTaskList, pickTaskList } from '../services/task-list.ts'
import * as tasks from '../services/tasks.ts'
import { signalOf } from './signal.ts'
import { procedure, router } from './trpc.ts'

const One = z.strictObject({ id: TaskId })
/** Also above the limit of the column. */
const OneForced = One.extend({ force: z.boolean().optional() })

export const tasksRouter = router({
  create: procedure.input(CreateTask).mutation(({ ctx, input }) => tasks.createTask(ctx, input)),
  get: procedure.input(One).query(({ ctx, input }) => tasks.getTask(ctx, input.id)),
  update: procedure.input(UpdateTask).mutation(({ ctx, input }) => tasks.updateTask(ctx, input)),
  move: procedure.input(MoveTask).mutation(({ ctx, input }) => tasks.moveTask(ctx, input)),
  delete: procedure.input(One).mutation(({ ctx, input }) => tasks.deleteTask(ctx, input.id)),
  restore: procedure
    .input(OneForced)
    .mutation(({ ctx, input }) => tasks.restoreTask(ctx, input.id, input.force)),
  duplicate: procedure
    .input(OneForced)
    .mutation(({ ctx, input }) => tasks.duplicateTask(ctx, input.id, input.force)),
  duplicateMany: procedure
    .input(DuplicateTasks)
    .mutation(({ ctx, input }) => tasks.duplicateTasks(ctx, input)),
  /** Many cards of one board at once: all or none. */
  change: procedure.input(ChangeTasks).mutation(({ ctx, input }) => changeTasks(ctx, input)),
  /** The task list that the person picks in the system's dialog; null when they cancel. */
  pickList: procedure.mutation(({ ctx }) => pickTaskList(ctx)),
  /** What a task list holds; nothing is written. */
  inspectList: procedure
    .input(InspectTaskList)
    .query(({ ctx, input, signal }) => inspectTaskList(ctx, input, signalOf(signal))),
  /** Cards of all its tasks, or none. */
  importList: procedure
    .input(ImportTaskList)
    .mutation(({ ctx, input, signal }) => importTaskList(ctx, input, signalOf(signal))),
  listArchived: procedure.input(ListArchived).query(({ ctx, input }) => listArchived(ctx, input)),
})
