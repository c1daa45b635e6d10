import type { Task, TaskChange, TaskFields } from '#shared/task.ts'
import { texts } from '../../lib/texts/texts.ts'
import { type CardStep, createdStep } from '../../lib/undo/card-step.ts'
import { recordStep } from '../../lib/undo/undo-store.ts'
import type { ActionKit } from './use-board-actions.ts'

type Kit = Pick<ActionKit, 'boardId' | 'read'>
type Card = Pick<Task, 'id' | 'number' | 'version'>

/** "RNG-3". */
export function keyOf({ read }: Pick<ActionKit, 'read'>, { number }: Pick<Task, 'number'>): string {
  return `${read()?.board.key ?? ''}-${number}`
}

export function noteCreated(kit: Kit, tasks: readonly Card[], verb = 'added'): () => void {
  return recordStep(kit.boardId, `${verb} ${cardsText(kit, tasks)}`, createdStep(tasks))
}

/** Of a card that has left the board; the answer brings it back. */
export function noteAway(kit: Kit, tasks: readonly Card[], how: 'trashed' | 'archived'): () => void {
  const cards = tasks.map(({ id, version }) => ({
    id,
    before: { [how]: false },
    after: { [how]: true },
    seen: version,
    version,
  }))
  const verb = how === 'trashed' ? 'deleted' : 'archived'
  return recordStep(kit.boardId, `${verb} ${cardsText(kit, tasks)}`, { kind: 'cards', cards })
}

/** Of an edit that was written over `before`. */
export function noteEdit(kit: Kit, before: Task, after: Task, change: TaskFields): void {
  const fields = Object.keys(change) as (keyof TaskFields)[]
  const pick = (task: Task) => Object.fromEntries(fields.map((field) => [field, task[field]]))
  const card = {
    id: after.id,
    seen: before.version,
    version: after.version,
    before: { set: pick(before) },
    after: { set: pick(after) },
  }
  const [only] = fields
  const what = only && fields.length === 1 ? texts.board.theOf(EDITED[only]) : ''
  recordStep(kit.boardId, texts.board.changed(what, keyOf(kit, after)), { kind: 'cards', cards: [card] })
}

const EDITED: Readonly<Record<keyof TaskFields, string>> = {
  title: 'title',
  description: 'description',
  acceptance_criteria: texts.board.acceptanceCriteria,
  priority: 'priority',
  label_ids: 'labels',
  assigned_to: 'assignee',
  status: 'status',
  due_date: texts.board.dueDate,
  estimate: 'estimate',
}

type Moved = Pick<Task, 'version' | 'column_id' | 'order'>

export function noteMove(kit: Kit, before: Moved, after: Task): void {
  const place = ({ column_id, order }: Moved) => ({ place: { column_id, order } })
  const step: CardStep = {
    kind: 'cards',
    cards: [
      {
        id: after.id,
        seen: before.version,
        version: after.version,
        before: place(before),
        after: place(after),
      },
    ],
  }
  const column = kit.read()?.columns.find(({ id }) => id === after.column_id)
  const to = column && before.column_id !== after.column_id ? texts.board.to(column.name) : ''
  recordStep(kit.boardId, texts.board.moved(keyOf(kit, after), to), step)
}

/** "RNG-3", or "4 cards". */
export function cardsText(kit: Pick<ActionKit, 'read'>, cards: readonly Pick<Task, 'number'>[]): string {
  const [only] = cards
  return only && cards.length === 1 ? keyOf(kit, only) : texts.board.cards(cards.length)
}

/** What was asked, as it shows: what has left the board is gone from it. */
export function tellChanged(
  kit: Pick<ActionKit, 'tellAll'>,
  changes: readonly TaskChange[],
  tasks: readonly Task[],
): void {
  const isAway = (index: number, task: Task) => changes[index]?.trashed || task.archived_at !== null
  kit.tellAll(
    tasks.filter((task, index) => !isAway(index, task)),
    tasks.flatMap((task, index) => (isAway(index, task) ? [task.id] : [])),
  )
}
