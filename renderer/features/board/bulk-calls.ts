import { MOST_CHANGES, type Task, type TaskCard } from '#shared/task.ts'
import { errorFacts, errorText } from '../../lib/error-text.ts'
import { texts } from '../../lib/texts/texts.ts'
import { api } from '../../lib/trpc.ts'
import { noteUnderWay } from '../../lib/undo/undo-store.ts'
import { showToast } from '../../ui/toast.tsx'
import { sentence } from './bulk-change.ts'
import { finishBulk, noteBulk } from './bulk-progress.ts'
import { withExecution } from './change-executions.ts'
import { cardsText, noteCreated } from './note-step.ts'
import type { ActionKit } from './use-board-actions.ts'

/** Copies of cards, each right below its own: one step, however many there are. */
export function duplicateMany(kit: ActionKit, cards: readonly TaskCard[], force = false): Promise<boolean> {
  return noteUnderWay(kit.boardId, duplicateInParts(kit, cards, force))
}

async function duplicateInParts(
  kit: ActionKit,
  cards: readonly TaskCard[],
  force: boolean,
): Promise<boolean> {
  const copies: Task[] = []
  try {
    for (let from = 0; from < cards.length; from += MOST_CHANGES) {
      noteBulk({ done: from, total: cards.length })
      const ids = cards.slice(from, from + MOST_CHANGES).map(({ id }) => id)
      const { tasks } = await api.tasks.duplicateMany.mutate({ board_id: kit.boardId, ids, force })
      kit.tellAll(tasks, [])
      copies.push(...tasks)
    }
    return true
  } catch (error) {
    const left = cards.slice(copies.length)
    const isFull = errorFacts(error).reason === 'WIP_LIMIT_EXCEEDED'
    const action = { label: texts.boardMoves.doAnyway, run: () => void duplicateMany(kit, left, true) }
    showToast({
      tone: 'bad',
      title: texts.boardMoves.notDuplicated(cardsText(kit, left)),
      text: errorText(error),
      ...(isFull && { action }),
    })
    return false
  } finally {
    finishBulk()
    if (copies.length > 0) {
      const run = noteCreated(kit, copies, texts.boardMoves.duplicated)
      const title = sentence(texts.boardMoves.duplicatedTo(cardsText(kit, copies)))
      showToast({ title, action: { label: texts.boardMoves.undo, run } })
    }
  }
}

/** Each by itself: one that cannot start does not keep the others. */
export async function runMany(kit: ActionKit, cards: readonly TaskCard[]): Promise<void> {
  let started = 0
  const refused: { card: TaskCard | undefined; message: string }[] = []
  try {
    for (let from = 0; from < cards.length; from += MOST_CHANGES) {
      noteBulk({ done: from, total: cards.length })
      const some = cards.slice(from, from + MOST_CHANGES)
      const answer = await api.executions.startMany.mutate({ task_ids: some.map(({ id }) => id) })
      kit.patch((state) => answer.started.reduce(withExecution, state))
      started += answer.started.length
      for (const { task_id, message } of answer.refused) {
        refused.push({ card: some.find(({ id }) => id === task_id), message })
      }
    }
  } catch (error) {
    refused.push({ card: undefined, message: errorText(error) })
  } finally {
    finishBulk()
  }
  if (started > 0 && cards.length > 1) showToast({ title: texts.boardMoves.agentsStartOnCard(started) })
  const [first] = refused
  if (!first) return
  const named = first.card ? `${cardsText(kit, [first.card])}: ` : ''
  const more = refused.length > 1 ? texts.boardMoves.andMore(refused.length) : ''
  showToast({
    tone: 'bad',
    title: texts.boardMoves.agentsNotStarted,
    text: `${named}${first.message}${more}`,
  })
}
