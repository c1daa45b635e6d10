import type { Topic, Wakeups } from './wakeups.ts'

const PAGE = 500

/**
 * Rows of a growing log after a cursor: first what is there, then what is committed, until the signal aborts.
 * Listens before it reads, so nothing falls between the two.
 */
export async function* follow<Row, Cursor>(options: {
  wakeups: Wakeups
  topic: Topic
  after: Cursor
  read: (after: Cursor, limit: number) => Promise<Row[]>
  cursorOf: (row: Row) => Cursor
  signal: AbortSignal
}): AsyncGenerator<Row> {
  const { wakeups, topic, read, cursorOf, signal } = options
  using ear = wakeups.listen(topic)
  let cursor = options.after
  while (!signal.aborted) {
    const rows = await read(cursor, PAGE)
    for (const row of rows) {
      if (signal.aborted) return
      cursor = cursorOf(row)
      yield row
    }
    if (rows.length < PAGE) await ear.heard(signal)
  }
}
