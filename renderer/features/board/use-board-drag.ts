import {
  type Announcements,
  type ClientRect,
  type CollisionDetection,
  type DragEndEvent,
  type DragStartEvent,
  KeyboardSensor,
  MouseSensor,
  TouchSensor,
  useSensor,
  useSensors,
} from '@dnd-kit/core'
import { useEffect, useMemo, useRef, useState } from 'react'
import type { Column } from '#shared/column.ts'
import type { ColumnId } from '#shared/ids.ts'
import type { TaskCard } from '#shared/task.ts'
import type { BoardTransition } from '#shared/transition.ts'
import type { BulkActions } from './bulk-actions.ts'
import type { CardsByColumn } from './cards-by-column.ts'
import type { ColumnHandles } from './column-handles.ts'
import { boardKeyboardGetter } from './drag-keyboard.ts'
import {
  type CardPlace,
  columnOrderAt,
  landingIndex,
  orderAt,
  placesAround,
  positionOf,
} from './drop-place.ts'
import { mayGo } from './drop-rule.ts'
import { keepEarlyKeys } from './early-keys.ts'
import type { Moves } from './use-moves.ts'

/** With a card that is one of several selected ones, those go too: `group` is all of them, as they stand. */
export type Dragged =
  | { kind: 'card'; task: TaskCard; group: readonly TaskCard[] }
  | { kind: 'column'; column: Column }
export type DropPlace = { kind: 'card'; place: CardPlace } | { kind: 'column'; index: number }

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

/** Pixels that the pointer travels before a press becomes a drag. */
const DRAG_AFTER = 5
/** A finger that moves at once scrolls; one that rests a moment drags. */
const TOUCH = { delay: 220, tolerance: 8 }

/**
 * Drags of cards and columns, by pointer and by keyboard. What is dragged stays where it is until it is dropped; only a
 * line shows where it would go, so that a drag over thousands of cards redraws none of them.
 */
export function useBoardDrag(setting: DragSetting) {
  const [dragged, setDragged] = useState<Dragged | null>(null)
  const [place, setPlace] = useState<DropPlace | null>(null)
  const live = useRef<DragNow>({ ...setting, dragged, place, last: null, pointer: { x: 0, y: 0 } })
  Object.assign(live.current, setting)

  const put = (next: DropPlace | null) => {
    live.current.place = next
    setPlace((before) => (isSamePlace(before, next) ? before : next))
  }
  const putRef = useRef(put)
  putRef.current = put

  const sensors = useSensors(
    useSensor(MouseSensor, { activationConstraint: { distance: DRAG_AFTER } }),
    useSensor(TouchSensor, { activationConstraint: TOUCH }),
    useSensor(KeyboardSensor, {
      keyboardCodes: { start: ['Space'], cancel: ['Escape'], end: ['Space', 'Enter'] },
      onActivation: keepEarlyKeys,
      coordinateGetter: useMemo(() => boardKeyboardGetter(live, (next) => putRef.current(next)), []),
    }),
  )

  // The Escape that ends a drag must not close what is open beside the board.
  useEffect(() => {
    if (dragged === null) return
    const claim = (event: KeyboardEvent) => {
      if (event.key === 'Escape') event.preventDefault()
    }
    window.addEventListener('keydown', claim, { capture: true })
    return () => window.removeEventListener('keydown', claim, { capture: true })
  }, [dragged])

  const end = () => {
    live.current.last = { dragged: live.current.dragged, place: live.current.place }
    live.current.dragged = null
    setDragged(null)
    put(null)
  }

  return {
    dragged,
    place,
    isDragging: () => live.current.dragged !== null,
    context: {
      sensors,
      collisionDetection: columnUnder(live),
      accessibility: { announcements: announcements(live), screenReaderInstructions: INSTRUCTIONS },
      onDragStart: ({ active }: DragStartEvent) => {
        const next = withGroup(active.data.current as Dragged, live.current)
        live.current.dragged = next
        setDragged(next)
        put(placeOf(next, live.current))
      },
      onDragMove: ({ activatorEvent }: { activatorEvent: Event }) => {
        if (activatorEvent instanceof KeyboardEvent) return
        const next = placeAtPointer(live.current)
        if (next) put(next)
      },
      onDragCancel: end,
      onDragEnd: (_: DragEndEvent) => {
        drop(live.current)
        end()
      },
    },
  }
}

export type DragNow = DragSetting & {
  dragged: Dragged | null
  place: DropPlace | null
  /** How the drag before ended: it is announced only after it is over. */
  last: { dragged: Dragged | null; place: DropPlace | null } | null
  pointer: { x: number; y: number }
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

function placeAtPointer({ dragged, columns, cards, handles, pointer, compare }: DragNow): DropPlace | null {
  const rects = columns.map((column) => ({ id: column.id, rect: handles.get(column.id)?.rect() }))
  if (dragged?.kind === 'column') {
    const before = rects.findIndex(({ rect }) => rect && pointer.x < rect.left + rect.width / 2)
    return { kind: 'column', index: before === -1 ? columns.length : before }
  }
  const under = rects.find(({ rect }) => rect && pointer.x >= rect.left && pointer.x <= rect.right)
  const handle = under && handles.get(under.id)
  if (!under || !handle || !dragged) return null
  if (compare) {
    return {
      kind: 'card',
      place: { columnId: under.id, index: landingIndex(cards.get(under.id) ?? [], dragged.task, compare) },
    }
  }
  return { kind: 'card', place: { columnId: under.id, index: handle.indexAt(pointer.y) } }
}

function drop(now: DragNow): void {
  const { dragged, place, columns, moves } = now
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
  const order = orderAt(cards.get(columnId) ?? [], task.id, index)
  if (order !== null) moves.moveTask(task.id, { column_id: columnId, order }, task)
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

function isSamePlace(a: DropPlace | null, b: DropPlace | null): boolean {
  if (a?.kind === 'card' && b?.kind === 'card') {
    return a.place.columnId === b.place.columnId && a.place.index === b.place.index
  }
  if (a?.kind === 'column' && b?.kind === 'column') return a.index === b.index
  return a === b
}

const INSTRUCTIONS = {
  draggable:
    'Press Space to pick this up. Move it with the arrow keys, press Space again to drop it, or Escape to leave it where it was.',
}

function announcements(live: { current: DragNow }): Announcements {
  const now = () => ({ ...live.current, ...(live.current.dragged === null && live.current.last) })
  const name = () => {
    const { dragged, boardKey } = now()
    if (dragged?.kind === 'column') return `Column ${dragged.column.name}`
    if (dragged && dragged.group.length > 1) return `${dragged.group.length} cards`
    return dragged ? `${boardKey}-${dragged.task.number}` : 'It'
  }
  const where = () => {
    const { place, columns, cards, dragged, transitions } = now()
    if (place?.kind === 'column')
      return `place ${Math.min(place.index + 1, columns.length)} of ${columns.length}`
    if (place?.kind !== 'card' || dragged?.kind !== 'card') return 'nowhere'
    const column = columns.find((one) => one.id === place.place.columnId)
    const list = cards.get(place.place.columnId as ColumnId) ?? []
    const isForbidden = column && !mayGo(dragged.task.column_id, column.id, transitions)
    if (isForbidden) return `${column.name}, where the rules of this board do not let it go`
    const starts = column?.triggers_agents ? ', which starts agents' : ''
    return `${column?.name ?? 'a column'}${starts}, position ${positionOf(list, dragged.task.id, place.place.index)}`
  }
  return {
    onDragStart: () => `${name()} picked up. It is in ${where()}.`,
    onDragMove: () => `${name()} is over ${where()}.`,
    onDragOver: () => undefined,
    onDragEnd: () => `${name()} dropped in ${where()}.`,
    onDragCancel: () => `${name()} stays where it was.`,
  }
}
