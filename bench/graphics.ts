import { hasGraphics } from '#electron/graphics.ts'

/**
 * What an app of plain JavaScript says first, to draw as ours does: an empty window would begin with attempts at graphics
 * that are not there, and ours would look better than it is.
 */
export function graphicsLine(): string {
  return hasGraphics() ? '' : 'app.disableHardwareAcceleration()\n'
}
