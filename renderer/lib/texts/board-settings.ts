export const BOARD_SETTINGS = {} as const
