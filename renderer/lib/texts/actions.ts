import { BOARD_ACTIONS } from './board-actions.ts'
import { CARD_ACTIONS } from './card-actions.ts'
import { VIEW_ACTIONS } from './view-actions.ts'
import { WINDOW_ACTIONS } from './window-actions.ts'

/** The words of every action, by the action’s id, and of the groups that the actions stand in. */
export const ACTIONS = {
  words: { ...WINDOW_ACTIONS, ...BOARD_ACTIONS, ...CARD_ACTIONS, ...VIEW_ACTIONS },
  groups: {
    everywhere: 'Everywhere',
    go: 'Go to',
    board: 'Board',
    cards: 'Cards',
    columns: 'Columns',
    view: 'View',
  },
} as const
