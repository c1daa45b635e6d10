import type { CollisionDetection, DragStartEvent, KeyboardCoordinateGetter } from '@dnd-kit/core'
import { useEffect, useRef, useState } from 'react'
import type { TaskCard } from '#shared/task.ts'
import { texts } from '../../lib/texts/texts.ts'
import { useLatestCallback } from '../../lib/use-latest-callback.ts'
import { DIRECTIONS } from './arrow-keys.ts'
import { useDragSensors } from './drag-sensors.ts'
import { type LaneBoard, lanePlaceOf, nextLanePlace } from './lane-place.ts'
import type { LanePlace } from './lanes.ts'
import { type PointerPlace, PointerTrail } from './pointer-trail.ts'

interface LaneDragSetting extends LaneBoard {
  placeAt: (x: number, y: number) => LanePlace | null
  /** Scrolls to a place, and tells where on the screen it is then. */
  show: (place: LanePlace) => { x: number; y: number } | undefined
  /** How a place is told of: "Urgent, Review, position 2". */
  nameOf: (place: LanePlace) => string
  /** What is dragged with a card: the selected ones, if it is one of them. */
  groupOf: (card: TaskCard) => readonly TaskCard[]
  onDrop: (cards: readonly TaskCard[], place: LanePlace) => void
}

/** Drags of cards over lanes by mouse, touch and keyboard. As on the board, only a line shows where they would go. */
export function useLaneDrag(setting: LaneDragSetting) {
  const [dragged, setDragged] = useState<readonly TaskCard[]>([])
  const [place, setPlace] = useState<LanePlace | null>(null)
  const [told, setTold] = useState('')
  const pointer = useRef({ x: 0, y: 0 })
  const [trail] = useState(() => new PointerTrail())
  const live = useRef({ setting, place, card: dragged[0] })
  live.current.setting = setting

  const put = (next: LanePlace | null) => {
    live.current.place = next
    setPlace((before) => (JSON.stringify(before) === JSON.stringify(next) ? before : next))
  }
  const step = useLatestCallback<Parameters<KeyboardCoordinateGetter>, ReturnType<KeyboardCoordinateGetter>>(
    (event) => {
      const direction = DIRECTIONS[event.code]
      const { setting: now, place: from, card } = live.current
      if (!direction || !from || !card) return undefined
      event.preventDefault()
      const next = nextLanePlace(now, card.id, from, direction)
      put(next)
      setTold(texts.boardMoves.overPlace(now.nameOf(next)))
      return now.show(next)
    },
  )
  const sensors = useDragSensors(step)
  useOwnEscape(dragged.length > 0)

  const notePointer: CollisionDetection = ({ pointerCoordinates }) => {
    if (pointerCoordinates) pointer.current = pointerCoordinates
    return []
  }
  const placeAt = ({ x, y }: PointerPlace) => setting.placeAt(x, y)
  const end = (said: string) => {
    trail.end()
    setTold(said)
    live.current.card = undefined
    setDragged([])
    put(null)
  }
  return {
    dragged,
    place,
    told,
    context: {
      sensors,
      collisionDetection: notePointer,
      accessibility: { announcements: SILENT, screenReaderInstructions: INSTRUCTIONS },
      onDragStart: ({ active, activatorEvent }: DragStartEvent) => {
        if (!(activatorEvent instanceof KeyboardEvent)) trail.begin()
        const card = active.data.current?.task as TaskCard
        const group = setting.groupOf(card)
        live.current.card = card
        setDragged([card, ...group.filter(({ id }) => id !== card.id)])
        const home = lanePlaceOf(setting.lanes, card.id)
        put(home)
        setTold(texts.boardMoves.pickedUpInLane(namesOf(group), home && setting.nameOf(home)))
      },
      onDragMove: ({ activatorEvent }: { activatorEvent: Event }) => {
        if (!(activatorEvent instanceof KeyboardEvent)) put(placeAt(pointer.current))
      },
      onDragCancel: () => end(texts.boardMoves.staysInLane(namesOf(dragged), dragged.length > 1)),
      onDragEnd: ({ activatorEvent }: { activatorEvent: Event }) => {
        const target =
          activatorEvent instanceof KeyboardEvent ? live.current.place : placeAt(trail.at ?? pointer.current)
        const [card] = dragged
        if (card && target) setting.onDrop(setting.groupOf(card), target)
        end(target ? texts.boardMoves.droppedInLane(namesOf(dragged), setting.nameOf(target)) : '')
      },
    },
  }
}

function namesOf(cards: readonly TaskCard[]): string {
  return cards.length === 1 && cards[0]
    ? texts.format.quoted(cards[0].title)
    : texts.boardMoves.cardCount(cards.length)
}

/** The Escape that ends a drag must not close what is open beside the board. */
function useOwnEscape(isDragging: boolean): void {
  useEffect(() => {
    if (!isDragging) return
    const claim = (event: KeyboardEvent) => {
      if (event.key === 'Escape') event.preventDefault()
    }
    window.addEventListener('keydown', claim, { capture: true })
    return () => window.removeEventListener('keydown', claim, { capture: true })
  }, [isDragging])
}

/** Lanes tell for themselves where a card goes: a step of the keys need not move anything on the screen. */
const nothing = () => undefined
const SILENT = {
  onDragStart: nothing,
  onDragMove: nothing,
  onDragOver: nothing,
  onDragEnd: nothing,
  onDragCancel: nothing,
}

const INSTRUCTIONS = {
  draggable: texts.boardMoves.lanesHint,
}
