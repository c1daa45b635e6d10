/** Where a window lies, in device-independent pixels. */
export interface Bounds {
  x: number
  y: number
  width: number
  height: number
}

export const MIN_SIZE = { width: 900, height: 600 }
const DEFAULT_SIZE = { width: 1280, height: 800 }
/** How much of a window must be on a screen for a person to grab it. */
const GRABBABLE = 120
/** How far a new window lies from the one before, so that both are seen. */
const CASCADE = 28

/**
 * Where to open a window: where the last one was, if that can still be reached on one of the screens; beside the window
 * that is open, if there is one; otherwise in the middle (no x and y) at a size that fits the first screen.
 */
export function placeWindow(
  remembered: Bounds | null,
  screens: readonly Bounds[],
  open: Bounds | null,
): { x?: number; y?: number; width: number; height: number } {
  const wanted = open ? { ...open, x: open.x + CASCADE, y: open.y + CASCADE } : remembered
  if (wanted && screens.some((screen) => isReachable(wanted, screen))) return atLeastMinimum(wanted)
  const [first] = screens
  const room = first ?? DEFAULT_SIZE
  return atLeastMinimum({
    width: Math.min(DEFAULT_SIZE.width, room.width),
    height: Math.min(DEFAULT_SIZE.height, room.height),
  })
}

function isReachable(window: Bounds, screen: Bounds): boolean {
  const across = Math.min(window.x + window.width, screen.x + screen.width) - Math.max(window.x, screen.x)
  const titleBarOnScreen = window.y >= screen.y && window.y < screen.y + screen.height - GRABBABLE / 2
  return across >= GRABBABLE && titleBarOnScreen
}

function atLeastMinimum<T extends { width: number; height: number }>(size: T): T {
  return {
    ...size,
    width: Math.max(size.width, MIN_SIZE.width),
    height: Math.max(size.height, MIN_SIZE.height),
  }
}
