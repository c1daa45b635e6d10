/** Cards of each column that come first: more than a tall window shows. */
export const FIRST_CARDS = 30

/** A query of the app's router, by its path. */
export interface FirstQuestion {
  path: 'settings.preferences' | 'boards.open' | 'boards.list'
  input?: { id: string; per_column: number }
}

/**
 * What a window begins with: the preferences, the boards, and the board that an address such as `#/board/<id>` leads to.
 */
export function firstQuestions(hash: string): FirstQuestion[] {
  const [, id] = /^#\/board\/([0-9a-f-]{36})(?:[/?]|$)/.exec(hash) ?? []
  return [
    { path: 'settings.preferences' },
    ...(id ? [{ path: 'boards.open' as const, input: { id, per_column: FIRST_CARDS } }] : []),
    { path: 'boards.list' },
  ]
}

/** Tells one question from another. */
export function questionKey(path: string, input: unknown): string {
  return `${path} ${JSON.stringify(input) ?? ''}`
}
