import { useEffect, useRef } from 'react'
import type { Column } from '#shared/column.ts'
import { type ExecutionSummary, isActive } from '#shared/execution.ts'
import type { TaskId } from '#shared/ids.ts'
import type { Task } from '#shared/task.ts'
import { isTyping } from '../../lib/is-typing.ts'
import type { CardsByColumn } from './board-state.ts'

export interface BoardKeys {
  columns: readonly Column[]
  cards: CardsByColumn
  executions: ReadonlyMap<TaskId, ExecutionSummary>
  /** The card that keys act on: the focused one, else the one that is open. */
  current: TaskId | null
  isDragging: () => boolean
  focus: (id: TaskId) => void
  open: (id: TaskId) => void
  edit: (id: TaskId) => void
  remove: (task: Task) => void
  run: (id: TaskId) => void
  add: (column: Column) => void
}

/** The board's keys: arrows or h j k l between cards, Enter, E, Delete, Ctrl+Enter, C. */
export function useBoardKeys(keys: BoardKeys): void {
  const latest = useRef(keys)
  latest.current = keys
  useEffect(() => {
    const handle = (event: KeyboardEvent) => {
      const now = latest.current
      if (event.defaultPrevented || now.isDragging() || isTyping(event)) return
      if (act(now, event)) event.preventDefault()
    }
    window.addEventListener('keydown', handle)
    return () => window.removeEventListener('keydown', handle)
  }, [])
}

/** Whether the key meant something. */
function act(keys: BoardKeys, event: KeyboardEvent): boolean {
  const focused = focusedTask()
  if ((event.ctrlKey || event.metaKey) && event.key === 'Enter') return runCard(keys, focused ?? keys.current)
  if (event.ctrlKey || event.metaKey || event.altKey) return false
  if (event.key.toLowerCase() === 'c') return addCard(keys, focused ?? keys.current)
  if (!focused && document.activeElement !== document.body) return false
  return moveFocus(keys, event.key, focused) || (focused !== null && actOnCard(keys, event.key, focused))
}

function focusedTask(): TaskId | null {
  const id = document.activeElement instanceof HTMLElement ? document.activeElement.dataset.taskId : undefined
  return (id ?? null) as TaskId | null
}

function find(keys: BoardKeys, id: TaskId | null): { column: number; row: number; task: Task } | null {
  for (const [column, { id: columnId }] of keys.columns.entries()) {
    const cards = keys.cards.get(columnId) ?? []
    const row = cards.findIndex((card) => card.id === id)
    const task = cards[row]
    if (task) return { column, row, task }
  }
  return null
}

const STEPS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowUp: [0, -1],
  k: [0, -1],
  ArrowDown: [0, 1],
  j: [0, 1],
  ArrowLeft: [-1, 0],
  h: [-1, 0],
  ArrowRight: [1, 0],
  l: [1, 0],
}

function moveFocus(keys: BoardKeys, key: string, focused: TaskId | null): boolean {
  const step = STEPS[key]
  if (!step) return false
  const at = find(keys, focused ?? keys.current)
  const next = at ? neighbour(keys, at, step) : firstCard(keys)
  if (next) keys.focus(next.id)
  return next !== undefined
}

function neighbour(
  keys: BoardKeys,
  at: { column: number; row: number },
  [across, down]: readonly [number, number],
): Task | undefined {
  if (across === 0) return keys.cards.get(keys.columns[at.column]?.id as Column['id'])?.[at.row + down]
  // Columns without cards are passed over.
  for (let index = at.column + across; keys.columns[index]; index += across) {
    const cards = keys.cards.get(keys.columns[index]?.id as Column['id']) ?? []
    const card = cards[Math.min(at.row, cards.length - 1)]
    if (card) return card
  }
  return undefined
}

function firstCard(keys: BoardKeys): Task | undefined {
  return keys.columns.map((column) => keys.cards.get(column.id)?.[0]).find(Boolean)
}

function actOnCard(keys: BoardKeys, key: string, id: TaskId): boolean {
  const task = find(keys, id)?.task
  if (!task) return false
  if (key === 'Enter') keys.open(id)
  else if (key.toLowerCase() === 'e') keys.edit(id)
  else if (key === 'Delete' || key === 'Backspace') removeCard(keys, task)
  else return false
  return true
}

/** The focus goes to the card that takes its place. */
function removeCard(keys: BoardKeys, task: Task): void {
  const at = find(keys, task.id)
  const next = at && (neighbour(keys, at, [0, 1]) ?? neighbour(keys, at, [0, -1]))
  if (next) keys.focus(next.id)
  keys.remove(task)
}

function runCard(keys: BoardKeys, id: TaskId | null): boolean {
  const task = find(keys, id)?.task
  if (!task) return false
  const execution = keys.executions.get(task.id)
  if (!execution || !isActive(execution.status)) keys.run(task.id)
  return true
}

function addCard(keys: BoardKeys, id: TaskId | null): boolean {
  const at = find(keys, id)
  const column =
    keys.columns[at?.column ?? -1] ?? keys.columns.find((one) => one.is_start_column) ?? keys.columns[0]
  if (column) keys.add(column)
  return column !== undefined
}
