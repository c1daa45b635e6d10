import { findBoardByKey } from '#db/queries/boards.ts'
import { NotFoundError } from '#shared/errors.ts'
import type { AppContext } from '../context.ts'
import { getBoard, listBoards } from '../services/boards.ts'
import { listChecks } from '../services/health.ts'
import { type Output, table } from './output.ts'

/** All boards, newest first. */
export async function printBoards(ctx: AppContext, asJson: boolean, output: Output): Promise<number> {
  const boards = await listBoards(ctx)
  if (asJson) output.json(boards)
  else if (boards.length === 0)
    output.line('No boards yet. “rangers run” makes one for the repository that it is given.')
  else {
    const rows = boards.map((board) => [
      board.key,
      board.name,
      String(board.task_count),
      board.project_path ?? '',
    ])
    for (const text of table([['KEY', 'NAME', 'CARDS', 'FOLDER'], ...rows])) output.line(text)
  }
  return 0
}

/** The cards of a board, column by column. */
export async function printTasks(
  ctx: AppContext,
  key: string,
  asJson: boolean,
  output: Output,
): Promise<number> {
  const found = await findBoardByKey(ctx.db, key.toUpperCase())
  if (!found) throw new NotFoundError('Board', key)
  const { tasks, columns, executions } = await getBoard(ctx, found.id)
  const status = new Map(executions.map((execution) => [execution.id, execution.status]))
  if (asJson) {
    output.json(tasks.map((task) => ({ ...task, key: `${found.key}-${task.number}` })))
    return 0
  }
  const rows = columns.flatMap((column) =>
    tasks
      .filter((task) => task.column_id === column.id)
      .map((task) => [
        `${found.key}-${task.number}`,
        column.name,
        (task.current_execution_id && status.get(task.current_execution_id)) ?? '',
        task.title,
      ]),
  )
  if (rows.length === 0) output.line(`The board ${found.key} has no cards.`)
  else for (const text of table([['KEY', 'COLUMN', 'AGENTS', 'TITLE'], ...rows])) output.line(text)
  return 0
}

/** What is installed, what is missing and how to fix it. 1 when something is missing. */
export async function printChecks(
  ctx: AppContext,
  asJson: boolean,
  output: Output,
  signal: AbortSignal,
): Promise<number> {
  const checks = await listChecks(ctx, signal)
  if (asJson) output.json(checks)
  else {
    const mark = { ok: '✓', warning: '!', missing: '✗' }
    for (const text of table(
      checks.map((check) => [mark[check.state], check.name, check.fix ?? check.found]),
    )) {
      output.line(text)
    }
  }
  return checks.some((check) => check.state === 'missing') ? 1 : 0
}
