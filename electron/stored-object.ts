import { readFileSync } from 'node:fs'

/** In the data folder: what the app remembers for its user. */
export const PREFERENCES_FILE = 'preferences.json'

/**
 * The object in a small JSON file of ours; an empty one where the file is missing, broken or of another kind. At once: a
 * start has no window yet that could wait for it.
 */
export function readStored(file: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(readFileSync(file, 'utf8'))
    return isObject(value) ? value : {}
  } catch {
    return {}
  }
}

/** Neither null nor a plain value. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
