import { type RefObject, useEffect, useRef, useState } from 'react'
import type { Column } from '#shared/column.ts'
import type { TaskId } from '#shared/ids.ts'
import { useAskedFocus } from '../../lib/created-cards.ts'
import { type CardGrid, columnOfCard, nearestLeft } from './card-neighbour.ts'
import type { CardsByColumn } from './cards-by-column.ts'
import { FocusRequest } from './use-focus-request.ts'

/**
 * One card at a time is reached by Tab; keys ask for another; a card that moves to another column keeps the focus, one that
 * goes leaves it to its neighbour, and one that was open gets it when its panel has taken it away with it.
 */
export function useCardFocus(
  board: RefObject<HTMLElement | null>,
  columns: readonly Column[],
  cards: CardsByColumn,
  openTaskId: TaskId | null,
) {
  const [last, setLast] = useState<TaskId | null>(null)
  const [request, setRequest] = useState<FocusRequest | null>(null)
  const focused = useRef<TaskId | null>(null)
  const asked = useRef<{ id: TaskId; from: Element | null } | null>(null)
  const has = (id: TaskId) => columnOfCard({ columns, cards }, id) !== undefined
  const focus = (id: TaskId) => setRequest(new FocusRequest(id))
  const leave = (before: CardGrid, id: TaskId) => {
    const next = nearestLeft(before, id, has)
    if (next) return focus(next.id)
    const column = board.current?.querySelector(`[data-column-id="${columnOfCard(before, id)?.id}"]`)
    column?.querySelector<HTMLElement>('[data-add-card]')?.focus()
  }

  const latest = useRef({ has, focus, leave })
  latest.current = { has, focus, leave }
  const drawn = useRef<CardGrid>({ columns, cards })
  useEffect(() => {
    const before = drawn.current
    drawn.current = { columns, cards }
    const wanted = asked.current
    if (wanted && latest.current.has(wanted.id)) {
      asked.current = null
      if (document.activeElement === wanted.from) return latest.current.focus(wanted.id)
    }
    const id = focused.current
    if (id === null || document.activeElement !== document.body) return
    if (latest.current.has(id)) latest.current.focus(id)
    else latest.current.leave(before, id)
  }, [columns, cards])

  useAskedFocus(({ id }) => {
    asked.current = null
    if (has(id)) focus(id)
    // What made it is told of a little later to all windows, this one too.
    else asked.current = { id, from: document.activeElement }
  })

  const opened = useRef(openTaskId)
  useEffect(() => {
    const before = opened.current
    opened.current = openTaskId
    if (before === null || openTaskId !== null || document.activeElement !== document.body) return
    if (latest.current.has(before)) latest.current.focus(before)
  }, [openTaskId])

  return {
    tabStop: last !== null && has(last) ? last : firstCard(columns, cards),
    focusRequest: request,
    focus,
    noteFocus: (element: Element) => {
      const id = element instanceof HTMLElement ? element.dataset.taskId : undefined
      focused.current = (id ?? null) as TaskId | null
      if (id) setLast(id as TaskId)
    },
    /** Only a card that is still there has given the focus away; one that was redrawn elsewhere has lost it. */
    noteBlur: (element: Element) => {
      setTimeout(() => {
        if (element.isConnected && element !== document.activeElement) focused.current = null
      }, 0)
    },
  }
}

function firstCard(columns: readonly Column[], cards: CardsByColumn): TaskId | null {
  return columns.map((column) => cards.get(column.id)?.[0]?.id).find(Boolean) ?? null
}
