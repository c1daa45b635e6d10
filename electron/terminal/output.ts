/** Where a command writes; tests read it. */
export interface Output {
  /** A line of the result, or of progress. */
  line(text: string): void
  /** A line of JSON. */
  json(value: unknown): void
  /** A part of a line, as it comes. */
  part(text: string): void
  error(text: string): void
}

export const terminalOutput: Output = {
  line: (text) => process.stdout.write(`${harmless(text)}\n`),
  json: (value) => process.stdout.write(`${JSON.stringify(value)}\n`),
  part: (text) => process.stdout.write(harmless(text)),
  error: (text) => process.stderr.write(`${harmless(text)}\n`),
}

/** What agents and repositories say gives no orders to the terminal: it would rename windows, or rewrite what was read. */
export function harmless(text: string): string {
  return text.replace(/[^\P{Cc}\n\t]/gu, '')
}

/** Rows as aligned columns. */
export function table(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  )
}
