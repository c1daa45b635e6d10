import type { Pool } from 'pg'
import type { BoardId } from '#shared/ids.ts'
import type { Hearing, Ledger } from './ledger.ts'

interface StoredEvent {
  id: string
  type: string
  subject: string
  updated_at: string | null
}

/** What is wrong with what was heard and acknowledged, against what the database holds; empty when nothing is. */
export async function judge(pool: Pool, boards: readonly BoardId[], ledger: Ledger): Promise<string[]> {
  const problems = [...ledger.broken]
  for (const board of boards) {
    const { rows } = await pool.query<StoredEvent>(READ_EVENTS, [board])
    const ids = rows.map(({ id }) => id)
    for (const hearing of ledger.hearings) {
      if (hearing.board === board) problems.push(...compareIds(hearing, ids))
    }
    problems.push(...missingWrites(ledger, board, rows))
  }
  for (const [name, question] of INVARIANTS) {
    const { rows } = await pool.query(question)
    for (const row of rows.slice(0, 3)) problems.push(`${name}: ${JSON.stringify(row)}`)
  }
  return problems
}

/** A hearing is the board's events behind its start, each once and in order; that of a killed window ends early. */
function compareIds({ name, after, ids, isAlive }: Hearing, all: readonly string[]): string[] {
  const expected = all.filter((id) => BigInt(id) > BigInt(after))
  const wrong = ids.findIndex((id, index) => id !== expected[index])
  if (wrong >= 0) {
    return [
      `${name} heard event ${ids[wrong]} after ${ids[wrong - 1] ?? after}, where ${expected[wrong] ?? 'none'} is next`,
    ]
  }
  if (isAlive && ids.length < expected.length) {
    return [`${name} heard ${ids.length} of ${expected.length} events; the next is ${expected[ids.length]}`]
  }
  return []
}

/** Every change that was acknowledged is told by an event; deletions have no time, so they are counted. */
function missingWrites(ledger: Ledger, board: BoardId, events: readonly StoredEvent[]): string[] {
  const told = new Set(events.map(({ type, subject, updated_at }) => `${type} ${subject} ${updated_at}`))
  const counts = new Map<string, number>()
  for (const { type, subject } of events) add(counts, `${type} ${subject}`, 1)
  const problems: string[] = []
  for (const { type, id, updated_at, board: of } of ledger.done) {
    if (of !== board) continue
    const left = add(counts, `${type} ${id}`, updated_at === undefined ? -1 : 0)
    const isThere = updated_at === undefined ? left >= 0 : told.has(`${type} ${id} ${updated_at}`)
    if (!isThere) problems.push(`Acknowledged, but nowhere told: ${type} ${id} ${updated_at ?? ''}`)
  }
  return problems
}

function add(counts: Map<string, number>, key: string, by: number): number {
  const sum = (counts.get(key) ?? 0) + by
  counts.set(key, sum)
  return sum
}

const READ_EVENTS = `
  SELECT id::text, type, data->>'id' AS subject, data->>'updated_at' AS updated_at
  FROM board_events WHERE board_id = $1 ORDER BY board_events.id`

const TASK_EVENTS = `
  SELECT data->>'id' AS task, type, (data->>'version')::int AS version FROM board_events
  WHERE type IN ('task_created', 'task_updated', 'task_moved')`

/** Each gives the rows that must not be. */
const INVARIANTS: readonly (readonly [name: string, question: string])[] = [
  [
    'A card whose versions were not all told',
    `SELECT t.id, t.version, count(DISTINCT e.version)::int AS told FROM tasks t
     LEFT JOIN (${TASK_EVENTS}) e ON e.task = t.id::text
     GROUP BY t.id, t.version HAVING count(DISTINCT e.version) <> t.version OR max(e.version) <> t.version`,
  ],
  [
    'An update that was told twice',
    `SELECT task, version FROM (${TASK_EVENTS}) e WHERE type = 'task_updated'
     GROUP BY task, version HAVING count(*) > 1`,
  ],
  [
    'A card that was told and is nowhere',
    `SELECT DISTINCT task FROM (${TASK_EVENTS}) e WHERE task NOT IN (SELECT id::text FROM tasks)`,
  ],
  [
    'A number that was used twice or never',
    `SELECT b.key, b.next_task_number, count(t.number)::int AS cards FROM boards b LEFT JOIN tasks t ON t.board_id = b.id
     GROUP BY b.id HAVING count(DISTINCT t.number) <> b.next_task_number - 1`,
  ],
  [
    'A card whose versions are not all in the audit trail',
    `SELECT t.id, t.version, count(DISTINCT a.version)::int AS audited FROM tasks t
     LEFT JOIN (SELECT entity_id, (changes->'after'->>'version')::int AS version FROM audit_logs) a ON a.entity_id = t.id
     GROUP BY t.id, t.version HAVING count(DISTINCT a.version) <> t.version OR max(a.version) <> t.version`,
  ],
  [
    'Deletions that were told and audited in different numbers',
    `SELECT id, coalesce(told, 0)::int AS told, coalesce(audited, 0)::int AS audited
     FROM (SELECT data->>'id' AS id, count(*) AS told FROM board_events
           WHERE type IN ('task_deleted', 'column_deleted') GROUP BY 1) e
     FULL JOIN (SELECT entity_id::text AS id, count(*) AS audited FROM audit_logs
                WHERE action = 'delete' AND entity_type IN ('task', 'column') GROUP BY 1) a USING (id)
     WHERE told IS DISTINCT FROM audited`,
  ],
]
