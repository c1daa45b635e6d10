import { texts } from './texts/texts.ts'
/** Stands for the JSON of a verdict while it is written. */
export const WRITING_VERDICT = texts.executionState.writingVerdict

/** Whether a message is the JSON object that a reviewer or a clarity check answers with, or the beginning of one. */
export function isVerdictText(text: string): boolean {
  return /^\s*(```json\s*)?\{\s*("|$)/.test(text)
}

/** Whether a text, of which the beginning may be missing, has fields of such an object in it. */
export function hasVerdictField(text: string): boolean {
  return /"(status|summary|findings|severity|file|line|finding|suggestion)"\s*:/.test(text)
}

/** The same of the answer of a clarity check. */
export function hasClarityField(text: string): boolean {
  return /"(score|summary|questions|kind|question|options)"\s*:/.test(text)
}
