import { RefusedError } from '#shared/errors.ts'
import { type ExecutionDetail, isActive } from '#shared/execution.ts'
import type { ExecutionEvent } from '#shared/execution-event.ts'
import type { ExecutionId } from '#shared/ids.ts'
import { CreateTask, type Task } from '#shared/task.ts'
import type { AppContext } from '../context.ts'
import { getBoard } from '../services/boards.ts'
import { cancelExecution, getExecution, startExecution } from '../services/executions.ts'
import { followExecution } from '../services/follow-execution.ts'
import { openProject, updateProject } from '../services/projects.ts'
import { createTask } from '../services/tasks.ts'
import type { TerminalCommand } from './arguments.ts'
import { describeEvent } from './describe-event.ts'
import type { Output } from './output.ts'

type RunCommand = Extract<TerminalCommand, { command: 'run' }>

/** Approved, needs attention, failed, stopped by the person. */
const EXIT = { approved: 0, failed: 1, attention: 2, stopped: 130 } as const

/** The main job without a window: a card, its agents, their result. Gives the exit code. */
export async function runTask(
  ctx: AppContext,
  command: RunCommand,
  output: Output,
  signal: AbortSignal,
): Promise<number> {
  const { task, key } = await writeCard(ctx, command, signal)
  if (!command.json) output.line(`${key}  ${task.title}`)
  const { provider } = command
  const { id } = await startExecution(ctx, { task_id: task.id, workflow_type: 'development', provider })
  await follow(ctx, id, command, output, signal)
  const execution = await getExecution(ctx, id)
  if (command.json) output.json({ type: 'result', task: { id: task.id, key }, execution })
  else for (const line of summary(execution)) output.line(line)
  return exitCode(execution, signal)
}

async function writeCard(
  ctx: AppContext,
  command: RunCommand,
  signal: AbortSignal,
): Promise<{ task: Task; key: string }> {
  const { project, board } = await openProject(ctx, { path: command.repo }, signal)
  if (command.check) await updateProject(ctx, { id: project.id, check_command: command.check })
  const { columns } = await getBoard(ctx, board.id)
  const column = columns.find((candidate) => candidate.is_start_column) ?? columns[0]
  if (!column)
    throw new RefusedError('NO_COLUMN', `The board “${board.name}” has no column. Add one in the app.`)
  const { title, description = null } = command
  const input = CreateTask.parse({ board_id: board.id, column_id: column.id, title, description })
  const task = await createTask(ctx, input)
  return { task, key: `${board.key}-${task.number}` }
}

/** Tells what happens until the execution has ended; an abort cancels it, and its end is awaited all the same. */
async function follow(
  ctx: AppContext,
  id: ExecutionId,
  { json }: RunCommand,
  output: Output,
  signal: AbortSignal,
): Promise<void> {
  const cancel = () => void cancelExecution(ctx, id).catch(() => {}) // it has just ended by itself
  if (signal.aborted) cancel()
  signal.addEventListener('abort', cancel, { once: true })
  const following = new AbortController()
  for await (const event of followExecution(ctx, id, 0, following.signal)) {
    if (json) output.json({ type: 'event', ...event })
    else output.part(describeEvent(event))
    if (isEnd(event) || (await waitsForPerson(ctx, id, event))) following.abort()
  }
  signal.removeEventListener('abort', cancel)
  await ctx.orchestrator.settled(id)
}

function isEnd({ body }: ExecutionEvent): boolean {
  return body.type === 'status' && !isActive(body.status)
}

/** Nobody runs it any more until a person has answered, in any app on this database: there is nothing to wait for here. */
async function waitsForPerson(ctx: AppContext, id: ExecutionId, { body }: ExecutionEvent): Promise<boolean> {
  if (body.type !== 'status') return false
  if (body.status === 'awaiting_clarification' || body.status === 'paused') return true
  return body.status === 'awaiting_approval' && (await getExecution(ctx, id)).current_phase === 'gate'
}

function exitCode(execution: ExecutionDetail, signal: AbortSignal): number {
  if (signal.aborted && execution.status === 'cancelled') return EXIT.stopped
  if (execution.status === 'completed') return EXIT.approved
  const needsPerson = execution.status === 'blocked' || isActive(execution.status)
  return needsPerson ? EXIT.attention : EXIT.failed
}

function whatToDo({ status }: ExecutionDetail): string {
  return isActive(status)
    ? 'It waits for a person. Open Agent Rangers on the same database and answer there.'
    : ''
}

function summary(execution: ExecutionDetail): string[] {
  const { files_changed, additions, deletions, branch, workspace_path, error_message, result_summary } =
    execution
  return [
    '',
    `${execution.status}: ${error_message ?? result_summary ?? whatToDo(execution)}`,
    `${files_changed} files changed, +${additions} -${deletions}, ${execution.usage.output} tokens written`,
    ...(branch ? [`branch ${branch}`] : []),
    ...(workspace_path ? [`in ${workspace_path}`] : []),
  ]
}
