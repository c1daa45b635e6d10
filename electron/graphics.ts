import { existsSync } from 'node:fs'

/** By these Linux gives graphics hardware to programs: Mesa's and most others', NVIDIA's own, WSL's, those of phones' chips. */
const DEVICES = ['/dev/dri', '/dev/nvidiactl', '/dev/dxg', '/dev/mali0', '/dev/kgsl-3d0']

/** What this needs of Electron's app. */
interface GraphicsHost {
  disableHardwareAcceleration(): void
}

/**
 * Lets Chromium draw by software at once where there is nothing else to draw with; else it tries twice, and a page can hang
 * for ever when its first frame falls into that. To be called before the app is ready, so at the top of its first module.
 */
export function settleGraphics(app: GraphicsHost, platform?: NodeJS.Platform): void {
  if (!hasGraphics(platform)) app.disableHardwareAcceleration()
}

/** Whether this machine may draw by hardware. Asked of Linux only: others have always something to draw with. */
export function hasGraphics(platform: NodeJS.Platform = process.platform): boolean {
  return platform !== 'linux' || DEVICES.some((device) => existsSync(device))
}
