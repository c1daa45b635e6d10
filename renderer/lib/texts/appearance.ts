export const APPEARANCE = {} as const
