import type { Column } from '#shared/column.ts'
import { type ExecutionSummary, isActive } from '#shared/execution.ts'
import type { BoardId, ExecutionId, TaskId } from '#shared/ids.ts'
import { texts } from '../../lib/texts/texts.ts'
import { api } from '../../lib/trpc.ts'
import type { CardChange, CardStep, Clash } from '../../lib/undo/card-step.ts'
import type { Question } from './undo-question.tsx'

/** What undoing has to know of a board. */
export interface UndoBoard {
  id: BoardId
  columns: readonly Column[]
  /** RNG-3. */
  cardKey: (id: TaskId) => string
  executionOf: (id: TaskId) => ExecutionSummary | undefined
}

export type Asked = Omit<Question, 'answer'>

/** What has to be asked before a step is taken back: it would stop agents, or start them. */
export function questionBefore(board: UndoBoard, step: CardStep, verb: 'Undo' | 'Redo'): Asked | null {
  const stopped = step.cards.filter(({ id, before }) => leaves(before) && isRunning(board, id))
  if (stopped.length > 0) {
    return {
      title: texts.undo.agentsAtWork(namesOf(board, stopped)),
      text: texts.undo.theyStoppedWhenCard,
      confirm: texts.undo.andStopThem(verb),
    }
  }
  const started = step.cards.filter((card) => startsAgents(board, card))
  const column = columnOf(board, started[0]?.before)
  if (!column) return null
  return {
    title: texts.undo.agentsStart(namesOf(board, started)),
    text: texts.undo.goesBackColumnStartsAgents(column.name),
    confirm: texts.undo.andStartThem(verb),
  }
}

/** Those that were started by what is taken back now, and are still at work. */
export function leftRunning(board: UndoBoard, step: CardStep): ExecutionId[] {
  return step.cards.flatMap((card) => {
    const wasStarted =
      columnOf(board, card.after)?.triggers_agents && !columnOf(board, card.before)?.triggers_agents
    const execution = wasStarted ? board.executionOf(card.id) : undefined
    return execution && isActive(execution.status) ? [execution.id] : []
  })
}

export async function questionAboutClashes(
  board: UndoBoard,
  title: string,
  clashes: readonly Clash[],
  rest: number,
  verb: 'Undo' | 'Redo',
): Promise<Asked> {
  const lines = await Promise.all(clashes.map((clash) => linesOf(board, clash)))
  const isAll = rest === 0
  return {
    title: texts.undo.changedMeanwhile,
    text: isAll ? texts.undo.whatChangedStays(verb, title) : texts.undo.whatChangedRest(verb, title),
    lines: lines.flat(),
    confirm: isAll ? texts.undo.skip : texts.undo.otherCardCards(verb, rest),
  }
}

async function linesOf(board: UndoBoard, { change, now, what }: Clash): Promise<string[]> {
  const key = board.cardKey(change.id)
  if (!now) return [texts.undo.goneDeleted(key)]
  const changed = texts.undo.changedBy(key, what.join(', '), await lastActor(board.id, change.id))
  // Who wants a merge back looks for it here; the board's own steps are not it.
  const isMerged = board.executionOf(change.id)?.resolution === 'merged'
  return isMerged ? [changed, texts.undo.mergeIsReverted(key)] : [changed]
}

/** “you” for who uses this window, also where it was a merge, say, that moved the card. */
async function lastActor(boardId: BoardId, taskId: TaskId): Promise<string | undefined> {
  try {
    const [[line], me] = await Promise.all([
      api.activity.list.query({ board_id: boardId, task_id: taskId, limit: 1 }),
      api.people.me.query(),
    ])
    const isOwn = line?.actor.type === 'person' && line.actor.id !== null && line.actor.id === me?.id
    return isOwn ? texts.undo.you : line?.actor.name
  } catch {
    return undefined
  }
}

function leaves({ trashed, archived }: CardChange['before']): boolean {
  return trashed === true || archived === true
}

function startsAgents(board: UndoBoard, { before, after }: CardChange): boolean {
  const to = columnOf(board, before)
  return to?.triggers_agents === true && to.id !== after.place?.column_id
}

function columnOf({ columns }: UndoBoard, values: CardChange['before'] | undefined): Column | undefined {
  return columns.find((column) => column.id === values?.place?.column_id)
}

function isRunning(board: UndoBoard, id: TaskId): boolean {
  const execution = board.executionOf(id)
  return execution !== undefined && isActive(execution.status)
}

function namesOf(board: UndoBoard, cards: readonly CardChange[]): string {
  const [only] = cards
  return only && cards.length === 1 ? board.cardKey(only.id) : texts.undo.cards(cards.length)
}
