import { createElement } from 'react'
import type { Column } from '#shared/column.ts'
import { type ExecutionSummary, isActive } from '#shared/execution.ts'
import type { ExecutionId, TaskId } from '#shared/ids.ts'
import { Priority, type TaskCard } from '#shared/task.ts'
import type { BoardTransition } from '#shared/transition.ts'
import type { Choice, Offer } from '../../lib/actions/offers.ts'
import { actingElement, paletteState } from '../../lib/actions/palette-state.ts'
import { useOffers } from '../../lib/actions/use-offers.ts'
import { isNowhere } from '../../lib/is-nowhere.ts'
import { texts } from '../../lib/texts/texts.ts'
import { PRIORITY_NAME, PriorityIcon } from '../../ui/priority-icon.tsx'
import { type CardGrid, firstCardOf, neighbourOf, placeOfCard, type Step } from './card-neighbour.ts'
import { mayGo } from './drop-rule.ts'

export interface BoardKeys extends CardGrid {
  boardKey: string
  transitions: readonly BoardTransition[]
  executions: ReadonlyMap<TaskId, ExecutionSummary>
  /** The card that is open beside the board. */
  openTaskId: TaskId | null
  focus: (id: TaskId) => void
  open: (id: TaskId) => void
  edit: (id: TaskId) => void
  remove: (task: TaskCard) => void
  run: (id: TaskId) => void
  cancel: (id: ExecutionId) => void
  move: (id: TaskId, to: Column) => void
  setPriority: (task: TaskCard, priority: Priority | null) => void
  /** All from one card to another. */
  select: (from: TaskId, to: TaskId) => void
}

/** What the board offers for the card that has the focus, else for the open one; and the ways from card to card. */
export function useBoardKeys(keys: BoardKeys): void {
  useOffers({
    'card.open': forCard(keys, ({ id }) => keys.open(id), isFocused),
    'card.edit-title': forCard(keys, ({ id }) => keys.edit(id)),
    'card.move': {
      choices: () => columnChoices(keys),
      isEnabled: () => subjectOf(keys) !== undefined,
      subject: () => subjectText(keys),
    },
    'card.priority': {
      choices: () => priorityChoices(keys),
      isEnabled: () => subjectOf(keys) !== undefined,
      subject: () => subjectText(keys),
    },
    'card.run': forCard(
      keys,
      ({ id }) => keys.run(id),
      ({ id }) => activeExecution(keys, id) === undefined,
    ),
    'card.cancel': forCard(
      keys,
      ({ id }) => {
        const execution = activeExecution(keys, id)
        if (execution) keys.cancel(execution.id)
      },
      ({ id }) => activeExecution(keys, id) !== undefined,
    ),
    'card.delete': forCard(keys, (task) => removeCard(keys, task), isFocusedOrChosen),
    'card.select-up': step(keys, [0, -1], keys.select),
    'card.select-down': step(keys, [0, 1], keys.select),
    'card.up': step(keys, [0, -1]),
    'card.down': step(keys, [0, 1]),
    'card.left': step(keys, [-1, 0]),
    'card.right': step(keys, [1, 0]),
  })
}

function focusedTask(): TaskId | null {
  const element = actingElement()
  const id = element instanceof HTMLElement ? element.dataset.taskId : undefined
  return (id ?? null) as TaskId | null
}

/** The card that an action is for. */
function subjectOf(keys: BoardKeys): TaskCard | undefined {
  return placeOfCard(keys, focusedTask() ?? keys.openTaskId)?.task
}

function subjectText(keys: BoardKeys): string | undefined {
  const task = subjectOf(keys)
  return task && `${keys.boardKey}-${task.number} ${task.title}`
}

function forCard(
  keys: BoardKeys,
  act: (task: TaskCard) => void,
  isFit: (task: TaskCard) => boolean = () => true,
): Offer {
  return {
    run: () => {
      const task = subjectOf(keys)
      if (task) act(task)
    },
    isEnabled: () => {
      const task = subjectOf(keys)
      return task !== undefined && isFit(task)
    },
    subject: () => subjectText(keys),
  }
}

function isFocused(task: TaskCard): boolean {
  return task.id === focusedTask()
}

/** A key that throws away is for what has the focus: beside an open card it may be meant for something else. */
function isFocusedOrChosen(task: TaskCard): boolean {
  return isFocused(task) || paletteState() !== null
}

function activeExecution(keys: BoardKeys, id: TaskId): ExecutionSummary | undefined {
  const execution = keys.executions.get(id)
  return execution && isActive(execution.status) ? execution : undefined
}

function columnChoices(keys: BoardKeys): Choice[] {
  const task = subjectOf(keys)
  if (!task) return []
  return keys.columns.map((column) => ({
    id: column.id,
    title: column.name,
    isChosen: column.id === task.column_id,
    ...hintOf(keys, task, column),
    run: () => {
      if (column.id !== task.column_id) keys.move(task.id, column)
    },
  }))
}

function hintOf({ transitions }: BoardKeys, task: TaskCard, column: Column): { hint?: string } {
  if (!mayGo(task.column_id, column.id, transitions)) return { hint: texts.board.notFromHere }
  return column.triggers_agents ? { hint: texts.board.startsAgents } : {}
}

function priorityChoices(keys: BoardKeys): Choice[] {
  const task = subjectOf(keys)
  if (!task) return []
  return [null, ...Priority.options].map((priority) => ({
    id: priority ?? 'none',
    title: priority ? PRIORITY_NAME[priority] : texts.board.noPriority,
    icon: createElement(PriorityIcon, { priority }),
    isChosen: priority === task.priority,
    run: () => keys.setPriority(task, priority),
  }))
}

/** From card to card; arrows that are pressed elsewhere than on the board are not for it. */
function step(keys: BoardKeys, by: Step, also?: (from: TaskId, to: TaskId) => void): Offer {
  const next = () => {
    const at = placeOfCard(keys, focusedTask() ?? keys.openTaskId)
    return at ? neighbourOf(keys, at, by) : firstCardOf(keys)
  }
  return {
    run: () => {
      const [from, card] = [focusedTask() ?? keys.openTaskId, next()]
      if (!card) return
      also?.(from ?? card.id, card.id)
      keys.focus(card.id)
    },
    isEnabled: () => (focusedTask() !== null || isNowhere()) && next() !== undefined,
  }
}

/** The focus goes to the card that takes its place. */
function removeCard(keys: BoardKeys, task: TaskCard): void {
  const at = placeOfCard(keys, task.id)
  const next = at && (neighbourOf(keys, at, [0, 1]) ?? neighbourOf(keys, at, [0, -1]))
  if (next) keys.focus(next.id)
  keys.remove(task)
}
