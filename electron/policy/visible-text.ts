import { stripVTControlCharacters } from 'node:util'

/** Invisible, or drawn elsewhere than it stands: what a person reads would not be what it says. */
const DECEPTIVE = /[^\P{C}\t\n]|[\p{Zl}\p{Zp}]|(?! )\p{Zs}|\p{Default_Ignorable_Code_Point}/u

export function hasInvisible(text: string): boolean {
  return DECEPTIVE.test(text)
}

/** Text of an agent as a person is shown it: without orders to terminals, and whatever cannot be seen as `�`. */
export function visibleText(text: string): string {
  return stripVTControlCharacters(text).replaceAll(new RegExp(DECEPTIVE, 'gu'), '\ufffd')
}

/** What an agent would write into a file, as a person is shown it: what orders a terminal about is seen as well. */
export function visibleLines(text: string): string {
  return text.replace(/\r$/gm, '').replaceAll(new RegExp(DECEPTIVE, 'gu'), '\ufffd')
}
