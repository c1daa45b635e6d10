export const PRESENCE = {
  alsoOnBoard: (others: string) => `Also on this board: ${others}`,
  since: (since: string) => `since ${since}`,
} as const
