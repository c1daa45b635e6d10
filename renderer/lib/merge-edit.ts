import type { Task } from '#shared/task.ts'

/** What a person writes of a card. Where it lies is another matter: see useMoves. */
export type CardTexts = Pick<Task, 'title' | 'description' | 'priority'>
export type CardField = keyof CardTexts

export const CARD_FIELDS = ['title', 'description', 'priority'] as const satisfies readonly CardField[]

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
 * both changed to the same end is settled.
 */
export function mergeEdit({ base, mine }: CardEdit, theirs: CardTexts): EditMerge {
  const wanted = changedFields({ base, mine }).filter((field) => mine[field] !== theirs[field])
  const conflicts = wanted.filter((field) => theirs[field] !== base[field])
  return {
    change: pick(
      mine,
      wanted.filter((field) => !conflicts.includes(field)),
    ),
    conflicts,
  }
}

/** The edit of somebody who has seen their version and still wants the own one: only a third change is in its way. */
export function keepMine(edit: CardEdit, theirs: CardTexts): CardEdit {
  return { base: textsOf(theirs), mine: pick(edit.mine, changedFields(edit)) }
}

/** The edit without what conflicts with their version; the rest of it is still wanted. */
export function keepTheirs(edit: CardEdit, theirs: CardTexts): CardEdit {
  return { base: textsOf(theirs), mine: mergeEdit(edit, theirs).change }
}

export function isEmpty(change: Partial<CardTexts>): boolean {
  return Object.keys(change).length === 0
}

function changedFields({ base, mine }: CardEdit): CardField[] {
  return CARD_FIELDS.filter((field) => mine[field] !== undefined && mine[field] !== base[field])
}

function textsOf({ title, description, priority }: CardTexts): CardTexts {
  return { title, description, priority }
}

function pick(texts: Partial<CardTexts>, fields: readonly CardField[]): Partial<CardTexts> {
  return Object.fromEntries(fields.map((field) => [field, texts[field]]))
}
