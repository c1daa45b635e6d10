import {
  type CollisionDetection,
  type DragStartEvent,
  PointerSensor,
  useSensor,
  useSensors,
} from '@dnd-kit/core'
import { useRef, useState } from 'react'
import type { TaskCard } from '#shared/task.ts'
import type { LanePlace } from './lanes.ts'

interface LaneDragSetting {
  placeAt: (x: number, y: number) => LanePlace | null
  onDrop: (card: TaskCard, place: LanePlace) => void
}

/** Pixels that the pointer travels before a press becomes a drag. */
const DRAG_AFTER = 5

/** Drags of cards over lanes by pointer. As on the board, only a line shows where the card would go. */
export function useLaneDrag(setting: LaneDragSetting) {
  const [dragged, setDragged] = useState<TaskCard | null>(null)
  const [place, setPlace] = useState<LanePlace | null>(null)
  const pointer = useRef({ x: 0, y: 0 })
  const sensors = useSensors(useSensor(PointerSensor, { activationConstraint: { distance: DRAG_AFTER } }))
  const notePointer: CollisionDetection = ({ pointerCoordinates }) => {
    if (pointerCoordinates) pointer.current = pointerCoordinates
    return []
  }
  const placeNow = () => setting.placeAt(pointer.current.x, pointer.current.y)
  const end = () => {
    setDragged(null)
    setPlace(null)
  }
  return {
    dragged,
    place,
    context: {
      sensors,
      collisionDetection: notePointer,
      accessibility: { screenReaderInstructions: INSTRUCTIONS },
      onDragStart: ({ active }: DragStartEvent) => setDragged(active.data.current?.task as TaskCard),
      onDragMove: () => {
        const next = placeNow()
        setPlace((before) => (JSON.stringify(before) === JSON.stringify(next) ? before : next))
      },
      onDragCancel: end,
      onDragEnd: () => {
        const target = placeNow()
        if (dragged && target) setting.onDrop(dragged, target)
        end()
      },
    },
  }
}

const INSTRUCTIONS = {
  draggable:
    'Press M to move this to another column. Its priority, labels and assignee have keys of their own.',
}
