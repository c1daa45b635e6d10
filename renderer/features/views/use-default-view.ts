import { useLayoutEffect, useRef } from 'react'
import type { BoardId, ViewId } from '#shared/ids.ts'
import type { SavedView } from '#shared/saved-view.ts'
import { usePreferences } from '../../lib/use-preferences.ts'

/** With which view this person begins on a board. */
export function useDefaultView(boardId: BoardId): [ViewId | null, (id: ViewId | null) => void] {
  const { preferences, update } = usePreferences()
  const { default_views: all } = preferences
  const choose = (id: ViewId | null) => {
    const { [boardId]: _, ...others } = all
    update({ default_views: id ? { ...others, [boardId]: id } : others })
  }
  return [all[boardId] ?? null, choose]
}

/** Shows the person's default view when a board is opened by an address that says nothing else. */
export function useOpenDefaultView(
  boardId: BoardId,
  views: readonly SavedView[],
  hasQuery: boolean,
  onShow: (view: SavedView) => void,
): void {
  const [id] = useDefaultView(boardId)
  const isFirst = useRef(true)
  useLayoutEffect(() => {
    if (!isFirst.current) return
    isFirst.current = false
    const view = hasQuery ? undefined : views.find((one) => one.id === id)
    if (view) onShow(view)
  }, [hasQuery, views, id, onShow])
}
