import { ExecutionEvent, type PlanEntry } from '#shared/execution-event.ts'
import {
  CHECK_TOOLS,
  LOG_CHUNK,
  type LogHits,
  LogKind,
  type LogOutline,
  type OutputOutline,
  type OutputPiece,
} from '#shared/execution-log.ts'
import type { ExecutionId } from '#shared/ids.ts'
import type { Db } from '../client.ts'
import { runNamed } from '../named-statement.ts'

/** As kindOfLine tells; null for what is no entry. */
const KIND = `CASE body ->> 'type'
  WHEN 'text' THEN 'text' WHEN 'thinking' THEN 'thinking' WHEN 'step_started' THEN 'step' WHEN 'verdict' THEN 'check'
  WHEN 'tool' THEN CASE WHEN body ->> 'name' IN (${CHECK_TOOLS.map((name) => `'${name}'`).join(', ')}) THEN 'check' ELSE 'tool' END
  WHEN 'status' THEN 'notice' WHEN 'retry' THEN 'notice' WHEN 'notice' THEN 'notice' WHEN 'commit' THEN 'notice'
  WHEN 'plan' THEN 'notice' END`
const COLUMNS = 'e.execution_id, e.step_id, e.sequence, e.head, e.body, e.created_at'

const shown = (kinds: readonly LogKind[] | undefined) => ['step', ...(kinds ?? LogKind.options)]

/** All lines of the entries that begin in these chunks and are of these kinds; of a tool its first and latest ones. */
export async function readLogChunks(
  db: Db,
  id: ExecutionId,
  chunks: readonly number[],
  kinds?: readonly LogKind[],
): Promise<ExecutionEvent[]> {
  const rows = await runNamed(db, 'read_log_chunks', READ_CHUNKS, [id, [...chunks], shown(kinds)])
  return rows.map((row) => ExecutionEvent.parse(row))
}

/** OFFSET 0 has each part read by its index: joined as the planner likes, the whole log would be. */
const READ_CHUNKS = `
  WITH heads AS MATERIALIZED (
    SELECT ${COLUMNS} FROM unnest($2::int[]) AS chunk
    CROSS JOIN LATERAL (
      SELECT * FROM execution_events
      WHERE execution_id = $1::uuid AND head IS NULL
        AND sequence BETWEEN chunk * ${LOG_CHUNK} + 1 AND (chunk + 1) * ${LOG_CHUNK}
      OFFSET 0
    ) AS e
    WHERE ${KIND} = ANY ($3::text[])
  )
  SELECT * FROM heads
  UNION ALL
  SELECT ${COLUMNS} FROM heads, LATERAL (
    SELECT * FROM execution_events AS own
    WHERE own.execution_id = $1::uuid AND own.head = heads.sequence
    OFFSET 0
  ) AS e
  WHERE heads.body ->> 'type' IN ('text', 'thinking')
  UNION ALL
  SELECT ${COLUMNS} FROM heads, LATERAL (
    SELECT * FROM execution_events AS own
    WHERE own.execution_id = $1::uuid AND own.head = heads.sequence AND own.body ->> 'type' = heads.body ->> 'type'
    ORDER BY own.sequence DESC LIMIT 1
  ) AS e
  WHERE heads.body ->> 'type' IN ('tool', 'plan')
  UNION ALL
  SELECT ${COLUMNS} FROM heads, LATERAL (
    SELECT * FROM execution_events AS own
    WHERE own.execution_id = $1::uuid AND own.head = heads.sequence AND own.body ->> 'type' = 'tool_output'
    ORDER BY own.sequence DESC LIMIT 1
  ) AS e
  WHERE heads.body ->> 'type' = 'tool'
  ORDER BY sequence`

/** How many entries each chunk has, and the newest plan. */
export async function outlineLog(
  db: Db,
  id: ExecutionId,
  kinds?: readonly LogKind[],
): Promise<Omit<LogOutline, 'last_sequence'>> {
  const rows = await runNamed(db, 'outline_log', OUTLINE, [id, shown(kinds)])
  const counts: number[] = []
  for (const row of rows) counts[Number(row.chunk)] = Number(row.entries)
  const planned = Math.max(0, ...rows.map((row) => Number(row.planned ?? 0)))
  const plan = planned > 0 ? await runNamed(db, 'read_plan', READ_PLAN, [id, planned]) : []
  return {
    counts: Array.from(counts, (count) => count ?? 0),
    plan: (plan[0]?.entries as PlanEntry[] | undefined) ?? null,
  }
}

const OUTLINE = `
  SELECT (sequence - 1) / ${LOG_CHUNK} AS chunk,
    count(*) FILTER (WHERE head IS NULL AND ${KIND} = ANY ($2::text[])) AS entries,
    max(sequence) FILTER (WHERE body ->> 'type' = 'plan') AS planned
  FROM execution_events WHERE execution_id = $1::uuid GROUP BY 1`
const READ_PLAN = `
  SELECT body -> 'entries' AS entries FROM execution_events WHERE execution_id = $1::uuid AND sequence = $2::int`

/** Where a text stands in a log, small and capital letters alike: the first `limit` places, and how many there are. */
export async function searchLog(
  db: Db,
  id: ExecutionId,
  { text, kinds, limit }: { text: string; kinds?: readonly LogKind[] | undefined; limit: number },
): Promise<LogHits> {
  const pattern = `%${text.replace(/[\\%_]/g, '\\$&')}%`
  const rows = await runNamed(db, 'search_log', SEARCH, [id, pattern, kinds ?? LogKind.options, limit])
  return {
    hits: rows.map((row) => ({
      entry: Number(row.entry),
      line: row.line === null ? null : Number(row.line),
    })),
    total: Number(rows[0]?.total ?? 0),
  }
}

const WORDS = `(SELECT string_agg(word #>> '{}', E'\\n') FROM jsonb_path_query(body, 'strict $.**') AS word
  WHERE jsonb_typeof(word) = 'string')`
/** A word may be cut between two lines of a message; of a tool the latest line counts, and each piece that it printed. */
const SEARCH = `
  WITH lines AS MATERIALIZED (
    SELECT coalesce(head, sequence) AS entry, sequence, body ->> 'type' AS type, ${KIND} AS kind,
      CASE body ->> 'type'
        WHEN 'text' THEN body ->> 'delta' WHEN 'thinking' THEN body ->> 'delta' WHEN 'tool_output' THEN body ->> 'delta'
        WHEN 'tool' THEN concat_ws(E'\\n', body ->> 'title', body ->> 'name', body ->> 'output', body ->> 'diff')
        WHEN 'notice' THEN body ->> 'text' WHEN 'status' THEN body ->> 'message'
        WHEN 'verdict' THEN ${WORDS} WHEN 'plan' THEN ${WORDS} WHEN 'commit' THEN ${WORDS} END AS text,
      (body ->> 'line')::int AS line
    FROM execution_events WHERE execution_id = $1::uuid
  ), wanted AS (
    SELECT entry, sequence, type, text, line FROM lines WHERE kind = ANY ($3::text[])
      OR (type = 'tool_output' AND entry IN (SELECT sequence FROM lines WHERE type = 'tool' AND kind = ANY ($3::text[])))
  ), whole AS (
    SELECT entry, string_agg(text, '' ORDER BY sequence) AS text, NULL::int AS line
    FROM wanted WHERE type IN ('text', 'thinking') GROUP BY entry
    UNION ALL
    (SELECT DISTINCT ON (entry) entry, text, NULL FROM wanted WHERE type IN ('tool', 'plan')
    ORDER BY entry, wanted.sequence DESC)
    UNION ALL
    SELECT entry, text, NULL FROM wanted WHERE type NOT IN ('text', 'thinking', 'tool', 'plan', 'tool_output')
    UNION ALL
    SELECT entry, single.text, wanted.line + single.place::int - 1
    FROM wanted, LATERAL string_to_table(wanted.text, E'\\n') WITH ORDINALITY AS single (text, place)
    WHERE type = 'tool_output' AND wanted.text ILIKE $2
  )
  SELECT entry, line, count(*) OVER () AS total FROM whole WHERE text ILIKE $2
  ORDER BY entry, line NULLS FIRST LIMIT $4::int`

/** Where the pieces are that a tool has printed. */
export async function outlineOutput(db: Db, id: ExecutionId, entry: number): Promise<OutputOutline> {
  const rows = await runNamed(db, 'outline_output', OUTLINE_OUTPUT, [id, entry])
  const pieces = rows.map((row) => ({ sequence: Number(row.sequence), line: Number(row.line) }))
  const [last] = rows.slice(-1)
  return { pieces, lines: last ? Number(last.line) + Number(last.lines) : 0 }
}

/** A last line without an end is one, too. */
const OUTLINE_OUTPUT = `
  SELECT sequence, (body ->> 'line')::int AS line,
    CASE WHEN row_number() OVER (ORDER BY sequence DESC) = 1
      THEN array_length(string_to_array(rtrim(body ->> 'delta', E'\\n'), E'\\n'), 1) END AS lines
  FROM execution_events
  WHERE execution_id = $1::uuid AND head = $2::int AND body ->> 'type' = 'tool_output' ORDER BY sequence`

export async function readOutput(
  db: Db,
  id: ExecutionId,
  sequences: readonly number[],
): Promise<OutputPiece[]> {
  const rows = await runNamed(db, 'read_output', READ_OUTPUT, [id, [...sequences]])
  return rows.map((row) => ({ sequence: Number(row.sequence), text: String(row.text) }))
}

const READ_OUTPUT = `
  SELECT sequence, body ->> 'delta' AS text FROM execution_events
  WHERE execution_id = $1::uuid AND sequence = ANY ($2::int[]) AND body ->> 'type' = 'tool_output' ORDER BY sequence`
