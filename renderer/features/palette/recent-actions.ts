import { ACTION_IDS, type ActionId } from '../../lib/actions/catalogue.ts'

const KEY = 'recent-actions'
const KEPT = 20

/** The actions that were chosen in the palette of this machine, the last one first. */
export function recentActions(): ActionId[] {
  const stored = read()
  return stored.filter((id): id is ActionId => ACTION_IDS.some((known) => known === id))
}

export function noteAction(id: ActionId): void {
  const ids = [id, ...read().filter((one) => one !== id)].slice(0, KEPT)
  localStorage.setItem(KEY, JSON.stringify(ids))
}

function read(): string[] {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]')
    return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : []
  } catch {
    return [] // of another version of the app
  }
}
