import type { ClientRect, CollisionDetection, DragEndEvent, DragStartEvent } from '@dnd-kit/core'
import { useMemo, useRef, useState } from 'react'
import type { Column } from '#shared/column.ts'
import type { ColumnId } from '#shared/ids.ts'
import type { TaskCard } from '#shared/task.ts'
import type { BoardTransition } from '#shared/transition.ts'
import type { BulkActions } from './bulk-actions.ts'
import type { CardsByColumn } from './cards-by-column.ts'
import type { ColumnHandles } from './column-handles.ts'
import { announcements, INSTRUCTIONS } from './drag-announcements.ts'
import { boardKeyboardGetter } from './drag-keyboard.ts'
import { useDragSensors } from './drag-sensors.ts'
import { type Dragged, DragStore, type DropPlace } from './drag-store.ts'
import { type CardPlace, columnOrderAt, landingIndex, placesAround } from './drop-place.ts'
import { type PointerPlace, PointerTrail } from './pointer-trail.ts'
import type { Moves } from './use-moves.ts'

export interface DragSetting {
  boardKey: string
  columns: readonly Column[]
  cards: CardsByColumn
  handles: ColumnHandles
  moves: Moves
  /** What is dragged with a card: the selected ones, if it is one of them. */
  groupOf: (task: TaskCard) => readonly TaskCard[]
  placeMany: BulkActions['placeBetween']
  moveMany: BulkActions['moveToColumn']
  /** Columns that are narrowed to a strip: what is dropped on one goes to its end. */
  collapsed: ReadonlySet<ColumnId>
  transitions: readonly BoardTransition[]
  /** The order in which cards are shown; null: by their places. */
  compare: ((a: TaskCard, b: TaskCard) => number) | null
}

/**
 * Drags of cards and columns, by pointer and by keyboard. What is dragged stays where it is until it is dropped; only a
 * line shows where it would go, so that a drag over thousands of cards redraws none of them.
 */
export function useBoardDrag(setting: DragSetting) {
  const [store] = useState(() => new DragStore())
  const live = useRef<DragNow>({
    ...setting,
    store,
    last: null,
    isByKey: false,
    pointer: { x: 0, y: 0 },
    trail: new PointerTrail(),
    rects: null,
  })
  if (live.current.columns !== setting.columns) live.current.rects = null
  Object.assign(live.current, setting)

  const sensors = useDragSensors(useMemo(() => boardKeyboardGetter(live), []))
  // The same functions each time: the board is drawn anew for other reasons, too.
  const handlers = useMemo(() => handlersOf(live), [])
  return { store, noteShift: handlers.noteShift, context: { sensors, ...handlers.context } }
}

export type DragNow = DragSetting & {
  store: DragStore
  /** How the drag before ended: it is announced only after it is over. */
  last: { dragged: Dragged | null; place: DropPlace | null } | null
  isByKey: boolean
  /** As of the last drawing. */
  pointer: PointerPlace
  /** As of now. */
  trail: PointerTrail
  /** Where the columns are, until something scrolls: asking the page for it at each step of the mouse is dear. */
  rects: readonly ColumnRect[] | null
}

interface ColumnRect {
  id: ColumnId
  rect: DOMRect | undefined
}

function handlersOf(live: { current: DragNow }) {
  const noteShift = () => {
    live.current.rects = null
  }
  const end = () => {
    const { store, trail } = live.current
    trail.end()
    live.current.last = store.now
    store.set({ dragged: null, place: null })
  }
  return {
    noteShift,
    context: {
      collisionDetection: columnUnder(live),
      accessibility: { announcements: announcements(live), screenReaderInstructions: INSTRUCTIONS },
      onDragStart: ({ active, activatorEvent }: DragStartEvent) => {
        const now = live.current
        noteShift()
        now.isByKey = activatorEvent instanceof KeyboardEvent
        if (!now.isByKey) now.trail.begin()
        const dragged = withGroup(active.data.current as Dragged, now)
        now.store.set({ dragged, place: placeOf(dragged, now) })
      },
      onDragMove: ({ activatorEvent }: { activatorEvent: Event }) => {
        if (activatorEvent instanceof KeyboardEvent) return
        const place = placeAtPointer(live.current, live.current.pointer)
        if (place) live.current.store.set({ place })
      },
      onDragCancel: end,
      onDragEnd: (_: DragEndEvent) => {
        const now = live.current
        const at = now.trail.at
        const place = (at && placeAtPointer(now, at)) ?? now.store.now.place
        now.store.set({ place }) // which is told
        const { dragged } = now.store.now
        // Both in one drawing: the card at its new place, and nothing dragged any more.
        end()
        drop(now, dragged, place)
      },
    },
  }
}

/** Where the dragged thing is now. */
function placeOf(dragged: Dragged, { columns, cards }: DragNow): DropPlace {
  if (dragged.kind === 'column') {
    return { kind: 'column', index: columns.findIndex((column) => column.id === dragged.column.id) }
  }
  const columnId = dragged.task.column_id
  const index = cards.get(columnId)?.findIndex((card) => card.id === dragged.task.id) ?? 0
  return { kind: 'card', place: { columnId, index } }
}

/** dnd-kit hands out the pointer here only; its answer also tells which column may scroll by itself. */
function columnUnder(live: { current: DragNow }): CollisionDetection {
  return ({ pointerCoordinates, collisionRect, droppableContainers, droppableRects }) => {
    const { x, y } = pointerCoordinates ?? centre(collisionRect)
    live.current.pointer = { x, y }
    const over = droppableContainers.find((container) => {
      const rect = droppableRects.get(container.id)
      return rect !== undefined && x >= rect.left && x <= rect.right
    })
    return over ? [{ id: over.id }] : []
  }
}

function centre(rect: ClientRect): { x: number; y: number } {
  return { x: rect.left + rect.width / 2, y: rect.top + rect.height / 2 }
}

function placeAtPointer(now: DragNow, pointer: PointerPlace): DropPlace | null {
  const { store, columns, cards, handles, compare } = now
  const { dragged } = store.now
  now.rects ??= columns.map(({ id }) => ({ id, rect: handles.get(id)?.rect() }))
  const { rects } = now
  if (dragged?.kind === 'column') {
    const before = rects.findIndex(({ rect }) => rect && pointer.x < rect.left + rect.width / 2)
    return { kind: 'column', index: before === -1 ? columns.length : before }
  }
  const under = rects.find(({ rect }) => rect && pointer.x >= rect.left && pointer.x <= rect.right)
  const handle = under && handles.get(under.id)
  if (!under?.rect || !handle || !dragged) return null
  if (compare) {
    return {
      kind: 'card',
      place: { columnId: under.id, index: landingIndex(cards.get(under.id) ?? [], dragged.task, compare) },
    }
  }
  return { kind: 'card', place: { columnId: under.id, index: handle.indexAt(pointer.y - under.rect.top) } }
}

function drop(now: DragNow, dragged: Dragged | null, place: DropPlace | null): void {
  const { columns, moves } = now
  if (dragged?.kind === 'column' && place?.kind === 'column') {
    const order = columnOrderAt(columns, dragged.column.id, place.index)
    if (order !== null) moves.moveColumn(dragged.column.id, order)
  }
  if (dragged?.kind !== 'card' || place?.kind !== 'card') return
  if (dragged.group.length > 1) dropMany(now, dragged.group, place.place)
  else dropOne(now, dragged.task, place.place)
}

function dropOne(now: DragNow, task: TaskCard, { columnId, index }: CardPlace): void {
  const { cards, moves, compare, collapsed } = now
  if (compare || collapsed.has(columnId)) {
    if (columnId !== task.column_id) moves.moveToEnd(task.id, columnId)
    return
  }
  const between = placesAround(cards.get(columnId) ?? [], [task], index)
  if (between) moves.placeBetween(task, columnId, between)
}

function dropMany(now: DragNow, group: readonly TaskCard[], { columnId, index }: CardPlace): void {
  if (now.compare || now.collapsed.has(columnId)) {
    void now.moveMany(group, columnId)
    return
  }
  const between = placesAround(now.cards.get(columnId) ?? [], group, index)
  if (between) void now.placeMany(group, columnId, between)
}

function withGroup(dragged: Dragged, { groupOf }: DragSetting): Dragged {
  return dragged.kind === 'card' ? { ...dragged, group: groupOf(dragged.task) } : dragged
}
