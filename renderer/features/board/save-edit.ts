import type { TaskId } from '#shared/ids.ts'
import type { Task, TaskCard } from '#shared/task.ts'
import { type DraftField, readDraft, writeDraft } from '../../lib/drafts.ts'
import { askAboutConflict } from '../../lib/edit-conflict.ts'
import { errorFacts, errorText } from '../../lib/error-text.ts'
import {
  type CardEdit,
  type CardField,
  isEmpty,
  keepMine,
  keepTheirs,
  mergeEdit,
} from '../../lib/merge-edit.ts'
import { texts } from '../../lib/texts/texts.ts'
import { api } from '../../lib/trpc.ts'
import { showToast } from '../../ui/toast.tsx'
import { withoutTask } from './change-cards.ts'
import { keepAsNewCard } from './keep-as-new.ts'
import { noteEdit } from './note-step.ts'
import type { ActionKit } from './use-board-actions.ts'

/** An edit of a card: the whole card as the person saw it when they began, and what they want of it. */
export interface TaskEdit extends CardEdit {
  base: Task
}

const DRAFT_FIELDS: readonly DraftField[] = ['title', 'description', 'acceptance_criteria']

/**
 * Writes an edit over the version of the card that is known now. What others changed in other fields is merged without
 * a word; where both changed the same, the person decides, as often as somebody is faster. False: it is not saved, and
 * what was written is kept as a draft.
 */
export async function saveEdit(kit: ActionKit, edit: TaskEdit): Promise<boolean> {
  try {
    return await settle(kit, edit)
  } catch (error) {
    keepDrafts(edit)
    const title = texts.card.notChanged(edit.base.title)
    if (errorFacts(error).code === 'NOT_FOUND') {
      kit.patch((state) => withoutTask(state, edit.base.id))
      const action = { label: texts.card.keepAsNewCard, run: () => void keepAsNewCard(kit, edit.base) }
      showToast({ tone: 'bad', title, text: texts.card.deletedMeanwhile, action })
    } else {
      const action = { label: texts.card.saveAgain, run: () => void saveEdit(kit, edit) }
      showToast({ tone: 'bad', title, text: texts.card.whatYouWroteKept(errorText(error)), action })
    }
    return false
  }
}

async function settle(kit: ActionKit, whole: TaskEdit): Promise<boolean> {
  const { id } = whole.base
  let edit: TaskEdit | null = whole
  while (edit !== null) {
    const theirs = kit.readWhole(id) ?? (await readTask(kit, id))
    const { change, conflicts } = mergeEdit(edit, theirs)
    if (conflicts.length > 0) edit = await decide(kit, edit, theirs, conflicts)
    else if (isEmpty(change)) break
    else {
      const written = await write(id, change, theirs.version)
      if (written) {
        kit.tell(written)
        noteEdit(kit, theirs, written, change)
      } else await readTask(kit, id)
    }
  }
  if (edit !== null) dropDrafts(whole)
  return edit !== null
}

/** What is left of an edit after the person has seen their version; null when they put it off. */
async function decide(
  kit: ActionKit,
  edit: TaskEdit,
  theirs: Task,
  fields: readonly CardField[],
): Promise<TaskEdit | null> {
  keepDrafts(edit)
  const cardKey = `${kit.read()?.board.key ?? ''}-${theirs.number}`
  const answer = await askAboutConflict({ cardKey, edit, theirs, fields })
  if (answer.keep === 'theirs') {
    const action = { label: texts.card.useMine, run: () => void saveEdit(kit, { ...edit, base: theirs }) }
    showToast({ title: texts.card.keepsTheirVersion(cardKey), action })
    return { ...keepTheirs(edit, theirs), base: theirs }
  }
  const own = { ...edit, mine: { ...edit.mine, ...answer.mine } }
  if (answer.keep === 'mine') return { ...keepMine(own, theirs), base: theirs }
  keepDrafts(own)
  return null
}

/** Null: the card has another version by now. */
async function write(id: TaskId, change: CardEdit['mine'], version: number): Promise<Task | null> {
  try {
    return await api.tasks.update.mutate({ id, ...change, version })
  } catch (error) {
    if (errorFacts(error).reason === 'VERSION_CONFLICT') return null
    throw error
  }
}

async function readTask({ tell }: ActionKit, id: TaskId): Promise<Task> {
  const task = await api.tasks.get.query({ id })
  tell(task)
  return task
}

/** A card as a person saw it on the board, which does not show its bodies: they are taken as they are now. */
export async function asSeen(kit: ActionKit, { has_description: _, ...seen }: TaskCard): Promise<Task> {
  const bodies = { description: null, acceptance_criteria: null }
  // If it cannot be read, then saving it tells why.
  const whole = kit.readWhole(seen.id) ?? (await readTask(kit, seen.id).catch(() => bodies))
  return { ...bodies, ...whole, ...seen }
}

function keepDrafts({ base, mine }: TaskEdit): void {
  for (const field of DRAFT_FIELDS) {
    const text = mine[field]
    if (text !== undefined) writeDraft(base.id, field, { base, text: text ?? '' })
  }
}

function dropDrafts({ base, mine }: TaskEdit): void {
  for (const field of DRAFT_FIELDS) {
    if (mine[field] !== undefined && readDraft(base.id, field)) writeDraft(base.id, field, null)
  }
}
