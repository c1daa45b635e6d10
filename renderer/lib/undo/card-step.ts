import type { ColumnId, TaskId } from '#shared/ids.ts'
import type { Task, TaskChange, TaskFields } from '#shared/task.ts'
import { texts } from '../texts/texts.ts'

/** What a person changes of a card: its fields, its place, and whether it is on the board. */
export interface CardValues {
  set?: TaskFields
  place?: { column_id: ColumnId; order: number }
  trashed?: boolean
  archived?: boolean
}

/** One card before and after something was done with it; both sides hold the same values. */
export interface CardChange {
  id: TaskId
  before: CardValues
  after: CardValues
  /** The version it had, and the one that it was given. */
  seen: number
  version: number
}

/** What was done with cards, all of it at once. */
export interface CardStep {
  kind: 'cards'
  cards: readonly CardChange[]
}

/** What stands in the way of taking a change back: others have changed the same since. */
export interface Clash {
  change: CardChange
  /** The card as it is now; null when it is gone for good. */
  now: Task | null
  /** In words: "title", "place". */
  what: readonly string[]
}

/** Where changes go, and who is asked about those that others are in the way of. */
export interface CardPort {
  /** All or none; `VERSION_CONFLICT` is answered as null. */
  change: (changes: TaskChange[]) => Promise<Task[] | null>
  read: (id: TaskId) => Promise<Task | null>
  /** Whether the rest is to be taken back without these. */
  goOnWithout: (clashes: readonly Clash[], rest: number) => Promise<boolean>
}

/** As often as somebody may be faster before it is given up. */
const MOST_TRIES = 8

/**
 * Takes a step back in one transaction and gives the step that does it again, with those cards that could be; null when it
 * was left as it is. A card that others have changed meanwhile is taken back only in what they have not touched.
 */
export async function takeBack(step: CardStep, port: CardPort): Promise<CardStep | null> {
  let cards = step.cards
  for (let tries = 0; tries < MOST_TRIES && cards.length > 0; tries += 1) {
    const answer = await port.change(cards.map(toChange))
    if (answer) return { kind: 'cards', cards: cards.map((card, index) => turned(card, answer[index])) }
    const looked = await lookAtAll(cards, port)
    const clashes = looked.flatMap(({ clash }) => clash ?? [])
    cards = looked.flatMap(({ fit }) => fit ?? [])
    if (clashes.length > 0 && !(await port.goOnWithout(clashes, cards.length))) return null
  }
  return cards.length === 0 ? { kind: 'cards', cards } : null
}

/** What has become of a step of many cards: what does it again, and what of it is left as it was. */
export interface TakenBack {
  done: CardStep
  rest: CardStep | null
  /** Why it went no further; null: somebody chose so, or all is done. */
  error: unknown
}

/**
 * Takes back a step of any number of cards, so many in one transaction. It ends at the first part that is left as it is;
 * null when nothing was done at all. Throws what kept the first part from being taken back.
 */
export async function takeBackAll(
  step: CardStep,
  port: CardPort,
  mostAtOnce: number,
): Promise<TakenBack | null> {
  const done: CardChange[] = []
  for (let from = 0; from < step.cards.length; from += mostAtOnce) {
    const part: CardStep = { kind: 'cards', cards: step.cards.slice(from, from + mostAtOnce) }
    const { turned, error } = await attempt(part, port)
    if (turned) done.push(...turned.cards)
    else {
      if (from === 0 && error !== null) throw error
      if (from === 0) return null
      const rest: CardStep = { kind: 'cards', cards: step.cards.slice(from) }
      return { done: { kind: 'cards', cards: done }, rest, error }
    }
  }
  return { done: { kind: 'cards', cards: done }, rest: null, error: null }
}

async function attempt(part: CardStep, port: CardPort): Promise<{ turned: CardStep | null; error: unknown }> {
  try {
    return { turned: await takeBack(part, port), error: null }
  } catch (error) {
    return { turned: null, error }
  }
}

/** What takes one change back. The version does not matter where nothing of the card would be lost. */
function toChange(change: CardChange): TaskChange {
  const { id, version, before } = change
  return { id, ...(!isReturn(change) && { version }), ...before }
}

/** The card only comes back to the board, with all that others may have changed of it. */
function isReturn({ before }: CardChange): boolean {
  return !before.set && !before.place && !before.trashed && !before.archived
}

function turned(card: CardChange, now: Task | undefined): CardChange {
  return {
    id: card.id,
    before: card.after,
    after: card.before,
    seen: card.version,
    version: isReturn(card) ? card.version : (now?.version ?? card.version),
  }
}

/** Cards that are read at the same time. */
const READ_AT_ONCE = 25

async function lookAtAll(
  cards: readonly CardChange[],
  port: CardPort,
): Promise<Awaited<ReturnType<typeof look>>[]> {
  const looked: Awaited<ReturnType<typeof look>>[] = []
  for (let from = 0; from < cards.length; from += READ_AT_ONCE) {
    const some = cards.slice(from, from + READ_AT_ONCE)
    looked.push(...(await Promise.all(some.map((card) => look(card, port)))))
  }
  return looked
}

async function look(change: CardChange, port: CardPort): Promise<{ fit?: CardChange; clash?: Clash }> {
  const now = await port.read(change.id)
  if (now?.version === change.version) return { fit: change }
  const what = now ? changedSince(change, now) : [texts.undo.deleted]
  return now && what.length === 0
    ? { fit: { ...change, version: now.version } }
    : { clash: { change, now, what } }
}

/** What of a change is no longer as it was left. */
function changedSince({ before, after }: CardChange, now: Task): string[] {
  // A card that would leave the board takes everything with it that others have written on it.
  if (before.trashed || before.archived) return [texts.undo.whatSays]
  const fields = Object.keys(after.set ?? {}) as (keyof TaskFields)[]
  const what = fields
    .filter((field) => !isSame(after.set?.[field], now[field]))
    .map((field) => FIELD_NAME[field])
  const { place } = after
  if (place && (place.column_id !== now.column_id || place.order !== now.order)) what.push('place')
  return what
}

const FIELD_NAME: Readonly<Record<keyof TaskFields, string>> = {
  title: 'title',
  description: 'description',
  acceptance_criteria: texts.undo.acceptanceCriteria,
  priority: 'priority',
  label_ids: 'labels',
  assigned_to: 'assignee',
  status: 'status',
  due_date: texts.undo.dueDate,
  estimate: 'estimate',
}

function isSame(a: unknown, b: unknown): boolean {
  if (!Array.isArray(a) || !Array.isArray(b)) return a === b
  return a.length === b.length && a.every((one) => b.includes(one))
}

/** The step of what was asked of cards, from what they were and what they are. */
export function cardStep(
  changes: readonly TaskChange[],
  before: (id: TaskId) => Partial<Task> | undefined,
  after: readonly Task[],
): CardStep {
  const now = new Map(after.map((task) => [task.id, task]))
  const cards = changes.flatMap((change): CardChange[] => {
    const [was, is] = [before(change.id), now.get(change.id)]
    if (!was || !is) return []
    const seen = was.version ?? change.version ?? is.version
    return [
      {
        id: change.id,
        seen,
        version: is.version,
        before: valuesOf(change, was),
        after: valuesOf(change, is),
      },
    ]
  })
  return { kind: 'cards', cards: cards.map((card, index) => withFlags(card, changes[index])) }
}

/** The same values as the change names, as this card has them. */
function valuesOf({ set, place }: TaskChange, card: Partial<Task>): CardValues {
  const fields = Object.keys(set ?? {}) as (keyof TaskFields)[]
  return {
    ...(set && { set: Object.fromEntries(fields.map((field) => [field, card[field]])) }),
    ...(place && card.column_id && card.order !== undefined
      ? { place: { column_id: card.column_id, order: card.order } }
      : {}),
  }
}

/** Whether it is away is not on a card that is told: it was the other way round. */
function withFlags(card: CardChange, change: TaskChange | undefined): CardChange {
  const { trashed, archived } = change ?? {}
  const flags = (turn: boolean): CardValues => ({
    ...(trashed !== undefined && { trashed: trashed !== turn }),
    ...(archived !== undefined && { archived: archived !== turn }),
  })
  return { ...card, before: { ...card.before, ...flags(true) }, after: { ...card.after, ...flags(false) } }
}

/** The step of cards that have come to the board: taken back, they go to the trash. */
export function createdStep(tasks: readonly Pick<Task, 'id' | 'version'>[]): CardStep {
  const cards = tasks.map(({ id, version }) => ({
    id,
    before: { trashed: true },
    after: { trashed: false },
    seen: version,
    version,
  }))
  return { kind: 'cards', cards }
}
