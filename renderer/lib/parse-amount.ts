/** `1,000` and `12,000.50`: as dollars are written in groups of three. */
const GROUPED = /^[1-9]\d{0,2}(,\d{3})+(\.\d+)?$/
/** `1000`, `.5`, `0,50`: a comma that groups nothing is a decimal one. */
const PLAIN = /^(\d+([.,]\d*)?|[.,]\d+)$/

/** An amount of money as people write it, with or without a dollar sign; NaN when it is none. */
export function parseAmount(text: string): number {
  const written = text.trim().replace(/^\$\s*/, '')
  if (GROUPED.test(written)) return Number(written.replaceAll(',', ''))
  return PLAIN.test(written) ? Number(written.replace(',', '.')) : Number.NaN
}
