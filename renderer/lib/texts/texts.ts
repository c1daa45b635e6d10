import { AGENTS } from './agents.ts'
import { APPEARANCE } from './appearance.ts'
import { BOARD_SETTINGS } from './board-settings.ts'
import { BOARDS } from './boards.ts'
import { COLORS } from './colors.ts'
import { INBOX } from './inbox.ts'
import { SHELL } from './shell.ts'

/**
 * What the window says, in one place and typed, so that another language is another object of this shape. Texts with a
 * value in them are functions: each language puts its words and plurals in its own order.
 */
export const texts = {
  agents: AGENTS,
  shell: SHELL,
  inbox: INBOX,
  boards: BOARDS,
  boardSettings: BOARD_SETTINGS,
  appearance: APPEARANCE,
  colors: COLORS,
}
