/** What a spreadsheet program takes for the beginning of a formula, its full-width forms too; apostrophes may precede it. */
const FORMULA = /^'*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/

/**
 * A text as the cell of a CSV file may hold it: what a spreadsheet program would take for a formula gets one apostrophe
 * in front, for whoever opens the file must not run what somebody wrote on a card (CWE-1236). A text that already begins
 * with an apostrophe and a formula gets one more, so that taking one away gives back every text.
 */
export function spreadsheetText(text: string): string {
  return FORMULA.test(text) ? `'${text}` : text
}
