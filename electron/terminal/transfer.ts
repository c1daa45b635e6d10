import { stat } from 'node:fs/promises'
import path from 'node:path'
import { findBoardByKey } from '#db/queries/boards.ts'
import { InvalidInputError, NotFoundError } from '#shared/errors.ts'
import type { AppContext } from '../context.ts'
import { writeBoard } from '../services/export-board.ts'
import { importBoard } from '../services/import-board.ts'
import type { TerminalCommand } from './arguments.ts'
import type { Output } from './output.ts'

type Command<Name extends TerminalCommand['command']> = Extract<TerminalCommand, { command: Name }>

/** A board into a file; its ending says of which kind. A file that is there is not touched without --force. */
export async function exportToFile(
  ctx: AppContext,
  { board: key, file, force, json }: Command<'export'>,
  output: Output,
  signal: AbortSignal,
): Promise<number> {
  const board = await findBoardByKey(ctx.db, key.toUpperCase())
  if (!board) throw new NotFoundError('Board', key)
  const target = path.resolve(file)
  if (!force && (await stat(target).catch(() => null))) {
    throw new InvalidInputError('FILE_EXISTS', `“${file}” is there already. Replace it with --force.`)
  }
  const format = /\.csv$/i.test(file) ? 'csv' : 'json'
  const result = await writeBoard(ctx, { id: board.id, format, path: target }, signal)
  if (json) output.json(result)
  else output.line(`${cards(result.cards)} of ${board.key} “${board.name}” written to ${result.path}`)
  return 0
}

/** A new board from a file; what does not fit is told. */
export async function importFromFile(
  ctx: AppContext,
  { file, archived, json }: Command<'import'>,
  output: Output,
  signal: AbortSignal,
): Promise<number> {
  const closed = archived === 'trash' ? 'trash' : 'leave_out'
  const result = await importBoard(ctx, { path: path.resolve(file), closed }, signal)
  if (!result) throw new Error('A path was given, so nobody could decline')
  if (json) {
    output.json(result)
    return 0
  }
  const { board, columns, notes } = result
  output.line(
    `${board.key}  ${board.name}: ${cards(result.cards)} in ${columns} ${columns === 1 ? 'column' : 'columns'}`,
  )
  for (const note of notes) output.line(`! ${note.text} (${note.count})`)
  return 0
}

function cards(count: number): string {
  return `${count} ${count === 1 ? 'card' : 'cards'}`
}
