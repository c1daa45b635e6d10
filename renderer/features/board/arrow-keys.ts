import type { Direction } from './drop-place.ts'

/** What the arrow keys mean while something is dragged, by the code of the key. */
export const DIRECTIONS: Readonly<Record<string, Direction>> = {
  ArrowUp: 'up',
  ArrowDown: 'down',
  ArrowLeft: 'left',
  ArrowRight: 'right',
}
