import type { NewActivity } from '#db/queries/outbox.ts'
import type { Board } from '#shared/board.ts'
import type { Column } from '#shared/column.ts'
import type { Task } from '#shared/task.ts'
import type { AssigneeNames } from './assignee.ts'

type Card = Pick<Task, 'id' | 'number' | 'title'>
type Keyed = Pick<Board, 'key'>

/** As people name a card: RNG-3 “Fix login”. */
export function cardName(board: Keyed, { number, title }: Omit<Card, 'id'>): string {
  return `${board.key}-${number} “${title}”`
}

/** A line about a card; the sentence is given its name. */
export function cardActivity(
  board: Keyed,
  card: Card,
  event_type: NewActivity['event_type'],
  sentence: (card: string) => string,
  metadata: NewActivity['metadata'] = {},
): NewActivity {
  return {
    event_type,
    task_id: card.id,
    message: sentence(cardName(board, card)),
    metadata: { key: `${board.key}-${card.number}`, title: card.title, ...metadata },
  }
}

type Place = Pick<Column, 'id' | 'name'>

/** The figures of a board stand on this line: it names both columns by their ids as well. */
export function cardMoved(board: Keyed, card: Card, from: Place, to: Place, forced = false): NewActivity {
  const where = from.id === to.id ? `within ${to.name}` : `from ${from.name} to ${to.name}`
  return cardActivity(board, card, 'moved', (name) => `moved ${name} ${where}${above(forced)}`, {
    from: from.name,
    to: to.name,
    from_column_id: from.id,
    to_column_id: to.id,
    ...(forced ? { forced } : {}),
  })
}

/** What a line says of a card that came although the column was full. */
export function above(forced: boolean): string {
  return forced ? ', above its limit' : ''
}

/** One line for each thing that a person has changed about a card. */
export function cardChanges(
  board: Keyed,
  { before, after }: { before: Task; after: Task },
  nameOf: AssigneeNames,
): NewActivity[] {
  return CHANGES.flatMap((change) => {
    const [from, to] = [before[change.field], after[change.field]]
    if (JSON.stringify(from) === JSON.stringify(to)) return []
    const shown = (value: typeof from) =>
      change.field === 'assigned_to' && typeof value === 'string' ? nameOf(value) : text(value)
    const { type, sentence } = change.describe(shown(from), shown(to))
    const metadata = change.isLong ? { field: change.field } : { field: change.field, from, to }
    return [cardActivity(board, after, type, sentence, metadata)]
  })
}

function text(value: string | number | string[] | null): string | null {
  return value === null ? null : String(value)
}

interface Change {
  field:
    | 'title'
    | 'description'
    | 'acceptance_criteria'
    | 'label_ids'
    | 'assigned_to'
    | 'priority'
    | 'status'
    | 'due_date'
    | 'estimate'
  /** Too long for the feed: the audit has it whole. */
  isLong?: boolean
  describe(
    from: string | null,
    to: string | null,
  ): { type: NewActivity['event_type']; sentence: (card: string) => string }
}

const CHANGES: readonly Change[] = [
  {
    field: 'title',
    describe: (from) => ({ type: 'updated', sentence: (card) => `renamed “${from}” to ${card}` }),
  },
  {
    field: 'description',
    isLong: true,
    describe: () => ({ type: 'updated', sentence: (card) => `edited the description of ${card}` }),
  },
  {
    field: 'acceptance_criteria',
    isLong: true,
    describe: () => ({ type: 'updated', sentence: (card) => `edited the acceptance criteria of ${card}` }),
  },
  {
    field: 'label_ids',
    describe: () => ({ type: 'updated', sentence: (card) => `changed the labels of ${card}` }),
  },
  {
    field: 'due_date',
    describe: (_, to) => ({
      type: 'updated',
      sentence: (card) =>
        to === null ? `removed the due date of ${card}` : `set the due date of ${card} to ${to}`,
    }),
  },
  {
    field: 'estimate',
    describe: (_, to) => ({
      type: 'updated',
      sentence: (card) =>
        to === null ? `removed the estimate of ${card}` : `estimated ${card} at ${to} points`,
    }),
  },
  {
    field: 'assigned_to',
    describe: (from, to) =>
      to === null
        ? { type: 'unassigned', sentence: (card) => `took ${card} from ${from}` }
        : { type: 'assigned', sentence: (card) => `assigned ${card} to ${to}` },
  },
  {
    field: 'priority',
    describe: (_, to) => ({
      type: 'priority_changed',
      sentence: (card) =>
        to === null ? `removed the priority of ${card}` : `set the priority of ${card} to ${to}`,
    }),
  },
  {
    field: 'status',
    describe: (_, to) => ({
      type: 'status_changed',
      sentence: (card) => `set the status of ${card} to ${to?.replaceAll('_', ' ')}`,
    }),
  },
]
