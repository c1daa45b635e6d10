import { texts } from '../texts/texts.ts'
import type { ActionSpec, ActionWords } from './action-spec.ts'
import { BOARD_ACTIONS } from './board-actions.ts'
import { CARD_ACTIONS } from './card-actions.ts'
import { VIEW_ACTIONS } from './view-actions.ts'
import { WINDOW_ACTIONS } from './window-actions.ts'

/**
 * Every action of the window: the palette, the help page, the settings and the menus read it here. To add one, write a
 * line into the file of its place and its words into that of the same name in lib/texts, and offer it from the feature that does it: see CONTRIBUTING.
 */
const CATALOGUE = { ...WINDOW_ACTIONS, ...BOARD_ACTIONS, ...CARD_ACTIONS, ...VIEW_ACTIONS }

export type ActionId = keyof typeof CATALOGUE

export const ACTION_IDS = Object.keys(CATALOGUE) as ActionId[]

const WORDS: Readonly<Record<ActionId, ActionWords>> = texts.actions.words

export const ACTIONS = Object.fromEntries(
  ACTION_IDS.map((id) => [id, { ...CATALOGUE[id], ...WORDS[id] }]),
) as Readonly<Record<ActionId, ActionSpec & ActionWords>>
