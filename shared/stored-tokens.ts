/** The largest number of tokens that the database keeps; no agent has used so many, whatever it says. */
const MOST_TOKENS = 2 ** 31 - 1

/** A number of tokens as it is kept: an agent's word may be anything. */
export function storedTokens(tokens: number): number {
  return Number.isFinite(tokens) ? Math.min(Math.max(Math.round(tokens), 0), MOST_TOKENS) : 0
}
