/** What pg gives its own extensions (pg-cursor uses it so) and does not type. */
declare module 'pg/lib/utils.js' {
  /** A value as a statement carries it: text, bytes, or null for nothing. Throws on what cannot be written as text. */
  function prepareValue(value: unknown): string | Buffer | null
  const utils: { prepareValue: typeof prepareValue }
  export = utils
}
