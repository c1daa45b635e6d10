import { diffWordsWithSpace } from 'diff'

/** From so many differences on, two texts are told as wholly different ones. */
const MOST_DIFFERENCES = 1_000

export interface TextPart {
  text: string
  isDifferent: boolean
}

/** Two texts, each with the words marked that are not in the other. */
export function compareTexts(theirs: string, mine: string): { theirs: TextPart[]; mine: TextPart[] } {
  const changes = diffWordsWithSpace(theirs, mine, { maxEditLength: MOST_DIFFERENCES })
  if (!changes) {
    return { theirs: [{ text: theirs, isDifferent: true }], mine: [{ text: mine, isDifferent: true }] }
  }
  return {
    theirs: changes
      .filter(({ added }) => !added)
      .map(({ value, removed }) => ({ text: value, isDifferent: removed })),
    mine: changes
      .filter(({ removed }) => !removed)
      .map(({ value, added }) => ({ text: value, isDifferent: added })),
  }
}
