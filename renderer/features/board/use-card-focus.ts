import { useEffect, useRef, useState } from 'react'
import type { Column } from '#shared/column.ts'
import type { TaskId } from '#shared/ids.ts'
import type { CardsByColumn } from './cards-by-column.ts'

export interface FocusRequest {
  id: TaskId
  /** Tells a second request for the same card from the first. */
  count: number
}

/**
 * One card at a time is reached by Tab; keys ask for another; a card that moves to another column keeps the focus, and one
 * that was open gets it when its panel has taken it away with it.
 */
export function useCardFocus(columns: readonly Column[], cards: CardsByColumn, openTaskId: TaskId | null) {
  const [last, setLast] = useState<TaskId | null>(null)
  const [request, setRequest] = useState<FocusRequest | null>(null)
  const focused = useRef<TaskId | null>(null)
  const has = (id: TaskId) =>
    columns.some((column) => cards.get(column.id)?.some((card) => card.id === id) ?? false)
  const focus = (id: TaskId) => setRequest((before) => ({ id, count: (before?.count ?? 0) + 1 }))

  const latest = useRef({ has, focus })
  latest.current = { has, focus }
  // biome-ignore lint/correctness/useExhaustiveDependencies: looked at whenever cards have moved
  useEffect(() => {
    const id = focused.current
    if (id === null || document.activeElement !== document.body) return
    if (latest.current.has(id)) latest.current.focus(id)
  }, [cards])

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
