import type { BoardId, ColumnId, LabelId } from '#shared/ids.ts'
import { type CreateTask, type Task, toTaskCard } from '#shared/task.ts'
import type { CardTemplate } from '#shared/template.ts'
import { tellCreated } from '../../lib/created-cards.ts'
import { texts } from '../../lib/texts/texts.ts'
import { api } from '../../lib/trpc.ts'
import { createdStep } from '../../lib/undo/card-step.ts'
import { recordStep } from '../../lib/undo/undo-store.ts'
import type { NewCard } from './pasted.ts'

export interface NewCards {
  boardId: BoardId
  boardKey: string
  columnId: ColumnId
  cards: readonly NewCard[]
  /** What they begin with. */
  template: CardTemplate | null
  /** Of the board, for the names in a template. */
  labelIds: (names: readonly string[]) => LabelId[]
  /** Also above the limit of the column. */
  force: boolean
  /** One more is made. */
  onMade: () => void
}

/** Makes the cards one after the other, so that they stand in the order in which they were written. */
export async function addCards(wanted: NewCards): Promise<Task[]> {
  const made: Task[] = []
  try {
    for (const card of wanted.cards) {
      const task = await api.tasks.create.mutate(inputOf(wanted, card))
      made.push(task)
      wanted.onMade()
      tellCreated(toTaskCard(task))
    }
  } finally {
    const [only] = made
    const what = made.length === 1 ? `${wanted.boardKey}-${only?.number}` : texts.quickAdd.cards(made.length)
    if (only) recordStep(wanted.boardId, texts.quickAdd.added(what), createdStep(made))
  }
  return made
}

function inputOf(wanted: NewCards, card: NewCard): CreateTask {
  const { boardId, columnId, template, labelIds, force } = wanted
  const label_ids = [...new Set([...labelIds(template?.labels ?? []), ...card.label_ids])]
  return {
    board_id: boardId,
    column_id: columnId,
    title: card.title === '' ? (template?.title ?? '') : card.title,
    description: card.description ?? template?.description ?? null,
    acceptance_criteria: template?.acceptance_criteria ?? null,
    priority: card.priority ?? template?.priority ?? null,
    estimate: template?.estimate ?? null,
    assigned_to: card.assigned_to,
    label_ids,
    force,
  }
}
