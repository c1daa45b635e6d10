import { parse } from 'devalue'
import { LAST_SCREEN_FILE, type LastScreen } from '#shared/last-screen.ts'
import { bridge } from './bridge.ts'

/**
 * What a window showed when the app was quit: the answers to its first questions, drawn until the app gives new ones
 * (ADR 35). It resolves with null for a page that is loaded anew, since it is given once; null: the app has kept none.
 */
export function readLastScreen(): Promise<LastScreen | null> | null {
  if (!bridge?.hasLastScreen) return null
  return fetch(`./${LAST_SCREEN_FILE}`)
    .then(async (response) => (response.ok ? (parse(await response.text()) as LastScreen) : null))
    .catch(() => null)
}
