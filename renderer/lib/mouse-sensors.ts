import { MouseSensor, PointerSensor } from '@dnd-kit/core'

/** Drags by the mouse; the next press after a drop counts at once. */
export class BoardMouseSensor extends MouseSensor {
  constructor(props: ConstructorParameters<typeof MouseSensor>[0]) {
    super(props)
    freeNextPress(this)
  }
}

/** The same where pens and fingers drag as the mouse does. */
export class BoardPointerSensor extends PointerSensor {
  constructor(props: ConstructorParameters<typeof PointerSensor>[0]) {
    super(props)
    freeNextPress(this)
  }
}

/**
 * For 50 ms after a drop dnd-kit keeps all clicks back, lest the end of the drag be one. Its timer waits behind what a
 * person presses meanwhile, so that in a busy window clicks were lost long after the drop. A click whose press begins after
 * the drop is a click of its own.
 */
function freeNextPress(sensor: MouseSensor | PointerSensor): void {
  const kept: unknown = Reflect.get(sensor, 'documentListeners')
  document.addEventListener('pointerdown', () => hasRemoveAll(kept) && kept.removeAll(), {
    capture: true,
    once: true,
  })
}

function hasRemoveAll(value: unknown): value is { removeAll: () => void } {
  return typeof value === 'object' && value !== null && typeof Reflect.get(value, 'removeAll') === 'function'
}
