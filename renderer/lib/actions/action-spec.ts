import type { Combo } from '../shortcuts/combo.ts'

/** Where an action can be done. The narrower place goes first when both have the same keys. */
export type Scope = 'global' | 'board' | 'card' | 'list' | 'dialog'

export const GROUPS = ['everywhere', 'go', 'board', 'cards', 'columns', 'view'] as const
export type ActionGroup = (typeof GROUPS)[number]

/** How an action is called, in the language of the window. */
export interface ActionWords {
  title: string
  /** Other words by which it is found. */
  keywords?: string
}

/** What is known of an action before anybody offers it. */
export interface ActionSpec {
  group: ActionGroup
  scope: Scope
  /** What is pressed for it unless the person chose otherwise; on a Mac `mac`, where that differs. */
  keys?: readonly Combo[]
  mac?: readonly Combo[]
  /** Also while somebody writes in a field, and above dialogs; for few. */
  isEverywhere?: boolean
  /** A key that is held down does it again and again. */
  repeats?: boolean
  /** False keeps it out of the palette: a step that only makes sense by key. */
  isListed?: boolean
}
