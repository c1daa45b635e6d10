import type { NewActivity } from '#db/queries/outbox.ts'
import type { Board } from '#shared/board.ts'
import type { Column } from '#shared/column.ts'

type Type = NewActivity['event_type']

/** A line about the board itself; the sentence is given its name. */
export function boardActivity(
  { name, key }: Pick<Board, 'name' | 'key'>,
  event_type: Type,
  sentence: (board: string) => string,
): NewActivity {
  return {
    event_type,
    message: sentence(`“${name}”`),
    metadata: { entity: 'board', name, key },
  }
}

/** One line for each thing that was changed about a board. */
export function boardChanges(before: Board, after: Board): NewActivity[] {
  const lines: NewActivity[] = []
  if (before.name !== after.name)
    lines.push(boardActivity(after, 'updated', (name) => `renamed the board “${before.name}” to ${name}`))
  if (before.description !== after.description)
    lines.push(boardActivity(after, 'updated', (name) => `edited the description of the board ${name}`))
  if (JSON.stringify(before.settings) !== JSON.stringify(after.settings))
    lines.push(boardActivity(after, 'updated', (name) => `changed how agents work on the board ${name}`))
  return lines
}

/** A line about a column; the sentence is given its name. */
export function columnActivity(
  { id, name }: Column,
  event_type: Type,
  sentence: (column: string) => string,
): NewActivity {
  return {
    event_type,
    message: sentence(`“${name}”`),
    metadata: { entity: 'column', column_id: id, name },
  }
}

/** What was changed about a column, in one line; none when nothing was. */
export function columnChanges(before: Column, after: Column): NewActivity[] {
  if (before.name !== after.name)
    return [columnActivity(after, 'updated', (name) => `renamed the column “${before.name}” to ${name}`)]
  const { updated_at: _before, ...was } = before
  const { updated_at: _after, ...is } = after
  if (JSON.stringify(was) === JSON.stringify(is)) return []
  return [columnActivity(after, 'updated', (name) => `changed the settings of the column ${name}`)]
}
