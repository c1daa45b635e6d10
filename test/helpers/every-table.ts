import type { Pool } from 'pg'

interface Column {
  name: string
  type: string
  length: number | null
  target: string | null
  target_column: string | null
  check: string | null
  has_default: boolean
}

/** Text that a careless copy would break. */
const TRICKY = `tab\t, line\nbreak, back\\slash, \\., 'quotes', "double", ümläut, 🤖, \\N`

/** Values, as SQL, that their constraints (a pattern, another row) or a test need. */
const CHOSEN: Record<string, string> = {
  'boards.key': `'RNG'`,
  'columns.color': `'#1A2B3C'`,
  'labels.color': `'#1A2B3C'`,
  'tasks.title': `'Mend the sum'`,
  'tasks.number': '(SELECT 7 + count(*) FROM tasks)',
  'task_links.task_id': '(SELECT min(id::text)::uuid FROM tasks)',
  'task_links.other_task_id': '(SELECT max(id::text)::uuid FROM tasks)',
  'attachments.sha256': `repeat('0a', 32)`,
}

/** Of which one row is not enough for the others. */
const TWICE = ['tasks']

/** Has its rows from a trigger. */
const DERIVED = 'task_search'

/** One row in every table (of some two), whatever tables there are: with a value in every column, references that hold, tricky text. */
export async function fillEveryTable(pool: Pool): Promise<void> {
  let left = [...(await tableNames(pool)).filter((name) => name !== DERIVED), ...TWICE]
  while (left.length > 0) {
    const failed: { table: string; error: unknown }[] = []
    for (const table of left) {
      await insertRow(pool, table).catch((error: unknown) => failed.push({ table, error }))
    }
    if (failed.length === left.length) throw failed[0]?.error
    left = failed.map(({ table }) => table)
  }
}

/** All rows of all tables, as JSON. */
export async function readEverything(pool: Pool): Promise<Record<string, unknown[]>> {
  const everything: Record<string, unknown[]> = {}
  for (const table of await tableNames(pool)) {
    const { rows } = await pool.query(`SELECT to_jsonb(t) AS row FROM "${table}" t ORDER BY t::text`)
    everything[table] = rows.map(({ row }) => row)
  }
  return everything
}

async function tableNames(pool: Pool): Promise<string[]> {
  const { rows } = await pool.query<{ name: string }>(
    `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' AND tablename NOT IN ('schema_migrations', 'strangers') ORDER BY 1`,
  )
  return rows.map(({ name }) => name)
}

async function insertRow(pool: Pool, table: string): Promise<void> {
  const { rows: columns } = await pool.query<Column>(READ_COLUMNS, [table])
  const given = columns.filter(({ name, has_default }) => !has_default || `${table}.${name}` in CHOSEN)
  const values = given.map((column) => valueFor(table, column))
  const names = given.map(({ name }) => `"${name}"`)
  await pool.query(`INSERT INTO "${table}" (${names.join(', ')}) VALUES (${values.join(', ')})`)
}

function valueFor(table: string, { name, type, length, target, target_column, check }: Column): string {
  const chosen = CHOSEN[`${table}.${name}`]
  if (chosen) return chosen
  if (target) return `(SELECT "${target_column}" FROM "${target}" LIMIT 1)`
  const allowed = check && /'([^']+)'::/.exec(check)?.[1]
  if (allowed) return quoted(allowed)
  switch (type) {
    case 'uuid':
      return 'gen_random_uuid()'
    case 'jsonb':
      return `${quoted(JSON.stringify({ text: TRICKY, n: 1.5 }))}::jsonb`
    case 'bool':
      return 'true'
    case 'date':
      return `'2026-02-03'`
    case 'tsvector':
      return `to_tsvector('simple', ${quoted(TRICKY)})`
    case 'timestamptz':
      return `'2026-02-03 04:05:06.123456+02'`
    case 'float8':
      return '0.1::float8 + 0.2::float8'
    case 'int2':
    case 'int4':
    case 'int8':
      return '7'
    default:
      return `left(${quoted(TRICKY)}, ${length ?? 1000})`
  }
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}

const READ_COLUMNS = `
  SELECT a.attname AS name, t.typname AS type, a.atthasdef AS has_default,
    CASE WHEN a.atttypmod > 4 AND t.typname = 'varchar' THEN a.atttypmod - 4 END AS length,
    f.confrelid::regclass::text AS target,
    (SELECT attname FROM pg_attribute WHERE attrelid = f.confrelid AND attnum = f.confkey[1]) AS target_column,
    (SELECT pg_get_constraintdef(k.oid) FROM pg_constraint k
      WHERE k.conrelid = c.oid AND k.contype = 'c' AND k.conkey = ARRAY[a.attnum] LIMIT 1) AS check
  FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
  JOIN pg_type t ON t.oid = a.atttypid
  LEFT JOIN pg_constraint f ON f.conrelid = c.oid AND f.contype = 'f' AND f.conkey = ARRAY[a.attnum]
  WHERE c.oid = ('"' || $1 || '"')::regclass AND a.attgenerated = '' AND a.attidentity = ''
  ORDER BY a.attnum`
