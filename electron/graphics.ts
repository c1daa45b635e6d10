import { access } from 'node:fs/promises'

/** By these Linux gives graphics hardware to programs: Mesa's and most others', NVIDIA's own, WSL's, those of phones' chips. */
const DEVICES = ['/dev/dri', '/dev/nvidiactl', '/dev/dxg', '/dev/mali0', '/dev/kgsl-3d0']

/** What this needs of Electron's app. */
interface GraphicsHost {
  disableHardwareAcceleration(): void
}

/**
 * Lets Chromium draw by software at once where there is nothing else to draw with; else it tries twice, and a page can hang
 * for ever when its first frame falls into that. To be waited for before the app is ready, so at the top of its first module.
 */
export async function settleGraphics(app: GraphicsHost, platform?: NodeJS.Platform): Promise<void> {
  if (!(await hasGraphics(platform))) app.disableHardwareAcceleration()
}

/** Whether this machine may draw by hardware. Asked of Linux only: others have always something to draw with. */
export async function hasGraphics(platform: NodeJS.Platform = process.platform): Promise<boolean> {
  if (platform !== 'linux') return true
  const found = await Promise.all(DEVICES.map((device) => access(device).then(isThere, isNot)))
  return found.includes(true)
}

const isThere = () => true
const isNot = () => false
