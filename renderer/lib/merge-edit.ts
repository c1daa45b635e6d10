import type { Task } from '#shared/task.ts'
import { mergeLines } from './merge-lines.ts'

/** As many characters as a long text of a card may have. */
const LONGEST = 5000

/** What a person writes of a card. Where it lies is another matter: see useMoves. */
export type CardTexts = Pick<
  Task,
  | 'title'
  | 'description'
  | 'acceptance_criteria'
  | 'priority'
  | 'label_ids'
  | 'assigned_to'
  | 'status'
  | 'due_date'
  | 'estimate'
>
export type CardField = keyof CardTexts

export const CARD_FIELDS = [
  'title',
  'description',
  'acceptance_criteria',
  'priority',
  'label_ids',
  'assigned_to',
  'status',
  'due_date',
  'estimate',
] as const satisfies readonly CardField[]

/** One person's edit: the card as they saw it when they began, and what they want there instead. */
export interface CardEdit {
  base: CardTexts
  mine: Partial<CardTexts>
}

export interface EditMerge {
  /** What is still to be written over their version; empty when there is nothing to do. */
  change: Partial<CardTexts>
  /** Fields that both have changed, to different ends: a person has to choose. */
  conflicts: CardField[]
}

/**
 * Three-way merge of a card, field by field: what only I changed is mine, what only they changed is theirs, and what
 * both changed to the same end is settled. Labels are put on and taken off one by one, so that they never conflict; long
 * texts are merged line by line, so that a tick of one does not meet what another writes elsewhere.
 */
export function mergeEdit(edit: CardEdit, theirs: CardTexts): EditMerge {
  const lines = mergedLines(edit, theirs)
  const mine = { ...withLabels(edit, theirs), ...lines }
  const wanted = changedFields(edit).filter((field) => !isSame(mine[field], theirs[field]))
  const conflicts = wanted.filter(
    (field) => field !== 'label_ids' && !(field in lines) && !isSame(theirs[field], edit.base[field]),
  )
  return {
    change: pick(
      mine,
      wanted.filter((field) => !conflicts.includes(field)),
    ),
    conflicts,
  }
}

/** What I want, with my labels as they are when mine are put on theirs. */
function withLabels({ base, mine }: CardEdit, theirs: CardTexts): Partial<CardTexts> {
  const labels = mine.label_ids
  if (!labels) return mine
  const kept = theirs.label_ids.filter((id) => labels.includes(id) || !base.label_ids.includes(id))
  const added = labels.filter((id) => !base.label_ids.includes(id) && !kept.includes(id))
  return { ...mine, label_ids: [...kept, ...added] }
}

/** The long texts that both have changed, with what each of us wrote in them; those that cannot be merged are left out. */
function mergedLines({ base, mine }: CardEdit, theirs: CardTexts): Partial<CardTexts> {
  const merged: Partial<CardTexts> = {}
  for (const field of ['description', 'acceptance_criteria'] as const) {
    const [was, own, other] = [base[field], mine[field], theirs[field]]
    if (was === null || typeof own !== 'string' || other === null || other === was || own === was) continue
    const text = mergeLines(was, own, other)
    if (text !== null && text.length <= LONGEST) merged[field] = text
  }
  return merged
}

/** The edit of somebody who has seen their version and still wants the own one: only a third change is in its way. */
export function keepMine(edit: CardEdit, theirs: CardTexts): CardEdit {
  return { base: textsOf(theirs), mine: pick(withLabels(edit, theirs), changedFields(edit)) }
}

/** The edit without what conflicts with their version; the rest of it is still wanted. */
export function keepTheirs(edit: CardEdit, theirs: CardTexts): CardEdit {
  return { base: textsOf(theirs), mine: mergeEdit(edit, theirs).change }
}

export function isEmpty(change: Partial<CardTexts>): boolean {
  return Object.keys(change).length === 0
}

function changedFields({ base, mine }: CardEdit): CardField[] {
  return CARD_FIELDS.filter((field) => mine[field] !== undefined && !isSame(mine[field], base[field]))
}

/** Labels are the same in any order. */
function isSame(one: CardTexts[CardField] | undefined, other: CardTexts[CardField] | undefined): boolean {
  if (!Array.isArray(one) || !Array.isArray(other)) return one === other
  return one.length === other.length && one.every((id) => other.includes(id))
}

function textsOf(card: CardTexts): CardTexts {
  return { ...card, ...pick(card, CARD_FIELDS) }
}

function pick(texts: Partial<CardTexts>, fields: readonly CardField[]): Partial<CardTexts> {
  return Object.fromEntries(fields.map((field) => [field, texts[field]]))
}
