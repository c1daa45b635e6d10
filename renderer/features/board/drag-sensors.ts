import {
  type KeyboardCoordinateGetter,
  KeyboardSensor,
  TouchSensor,
  useSensor,
  useSensors,
} from '@dnd-kit/core'
import { useMemo } from 'react'
import { BoardMouseSensor } from '../../lib/mouse-sensors.ts'
import { keepEarlyKeys } from './early-keys.ts'

// The same options each time: with others, every card of the board is drawn anew.
/** The pointer travels so many pixels before a press becomes a drag. */
const MOUSE = { activationConstraint: { distance: 5 } }
/** A finger that moves at once scrolls; one that rests a moment drags. */
const TOUCH = { activationConstraint: { delay: 220, tolerance: 8 } }
const KEYS = { start: ['Space'], cancel: ['Escape'], end: ['Space', 'Enter'] }

/** What begins a drag on the board: mouse, finger and keys. `step` has to be the same function each time. */
export function useDragSensors(step: KeyboardCoordinateGetter) {
  const keyboard = useMemo(
    () => ({ keyboardCodes: KEYS, onActivation: keepEarlyKeys, coordinateGetter: step }),
    [step],
  )
  return useSensors(
    useSensor(BoardMouseSensor, MOUSE),
    useSensor(TouchSensor, TOUCH),
    useSensor(KeyboardSensor, keyboard),
  )
}
