import type { Task } from '#shared/task.ts'
import type { CardTexts } from '../../lib/merge-edit.ts'

/** Saves what a person made of the card that they saw; false when it is not saved and remains a draft. */
export type SaveTask = (edit: { base: Task; mine: Partial<CardTexts> }) => Promise<boolean>
