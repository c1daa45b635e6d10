import { GROUPS } from '../actions/action-spec.ts'
import { ACTION_IDS, ACTIONS, type ActionId } from '../actions/catalogue.ts'
import { foldText, fuzzyQuery, fuzzyScore } from '../fuzzy.ts'
import { texts } from '../texts/texts.ts'
import { comboText } from './format-combo.ts'
import type { Keymap } from './keymap.ts'

export interface FoundGroup {
  title: string
  ids: readonly ActionId[]
}

/** The actions that fit what was typed, their keys included, in their groups and in the order of the catalogue. */
export function findActions(text: string, keymap: Keymap, isMac: boolean): FoundGroup[] {
  const query = fuzzyQuery(text)
  const found = ACTION_IDS.filter((id) => {
    const { title, keywords = '' } = ACTIONS[id]
    const keys = keymap[id].map((combo) => comboText(combo, isMac))
    return fuzzyScore(query, foldText([title, ...keys, keywords].join(' '))) > 0
  })
  return GROUPS.map((group) => ({
    title: texts.actions.groups[group],
    ids: found.filter((id) => ACTIONS[id].group === group),
  })).filter(({ ids }) => ids.length > 0)
}
