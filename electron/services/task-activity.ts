import type { NewActivity } from '#db/queries/outbox.ts'
import type { Board } from '#shared/board.ts'
import type { Task } from '#shared/task.ts'

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

export function cardMoved(board: Keyed, card: Card, from: string, to: string): NewActivity {
  const where = from === to ? `within ${to}` : `from ${from} to ${to}`
  return cardActivity(board, card, 'moved', (name) => `moved ${name} ${where}`, { from, to })
}

/** One line for each thing that a person has changed about a card. */
export function cardChanges(board: Keyed, before: Task, after: Task): NewActivity[] {
  return CHANGES.flatMap((change) => {
    const [from, to] = [before[change.field], after[change.field]]
    if (from === to) return []
    const { type, sentence } = change.describe(from, to)
    const metadata = change.isLong ? { field: change.field } : { field: change.field, from, to }
    return [cardActivity(board, after, type, sentence, metadata)]
  })
}

interface Change {
  field: 'title' | 'description' | 'assigned_to' | 'priority' | 'status'
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
