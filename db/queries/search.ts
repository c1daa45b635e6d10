import { type SQL, sql } from 'drizzle-orm'
import type { BoardId, TaskId } from '#shared/ids.ts'
import type { Db } from '../client.ts'

/** A card that was found, with the texts in which its reader looks for the words again. */
export interface FoundCard extends Record<string, unknown> {
  task_id: TaskId
  board_id: BoardId
  board_name: string
  board_key: string
  number: number
  title: string
  column_name: string
  is_archived: boolean
  in_title: boolean
  /** Description and acceptance criteria. */
  body: string
  /** The newest comment that has the words; null when the card itself has them. */
  comment: string | null
}

export interface SearchOptions {
  boardId: BoardId | undefined
  limit: number
}

/** The one card of a key such as RNG-12. */
export async function findCardByKey(
  db: Db,
  { key, number }: { key: string; number: number },
  { boardId }: Pick<SearchOptions, 'boardId'>,
): Promise<FoundCard | null> {
  const { rows } = await db.execute<FoundCard>(sql`
    SELECT ${cardFields}, true AS in_title, '' AS body, NULL AS comment
    FROM tasks t ${live} WHERE b.key = ${key} AND t.number = ${number} AND ${shown(boardId)}`)
  return rows[0] ?? null
}

/**
 * Cards that have all words in title, body or one comment, the best first: title before body before comment, then
 * the latest change. The last word may be the beginning of one. Both searches go through their GIN index.
 */
export async function searchCards(
  db: Db,
  words: readonly string[],
  { boardId, limit }: SearchOptions,
): Promise<FoundCard[]> {
  const { rows } = await db.execute<FoundCard>(sql`
    WITH q AS (SELECT to_tsquery('simple', ${queryOf(words)}) AS query,
      to_tsquery('simple', ${queryOf(words, 'A')}) AS of_title),
    hits AS (
      SELECT s.task_id AS id, s.document @@ q.of_title AS in_title, ts_rank(s.document, q.query) AS rank,
        NULL::uuid AS comment_id
      FROM task_search s, q WHERE s.document @@ q.query
      UNION ALL
      SELECT c.task_id, false, ts_rank(to_tsvector('simple', c.body), q.query) / 100, c.id
      FROM comments c, q WHERE to_tsvector('simple', c.body) @@ q.query AND c.deleted_at IS NULL
    ),
    best AS (
      SELECT DISTINCT ON (hits.id) hits.id, in_title, rank, comment_id, t.updated_at
      FROM hits JOIN tasks t ON t.id = hits.id ${live} WHERE ${shown(boardId)}
      ORDER BY hits.id, rank DESC, comment_id DESC
    ),
    first AS (SELECT * FROM best ORDER BY in_title DESC, rank DESC, updated_at DESC, id LIMIT ${limit})
    SELECT ${cardFields}, first.in_title, concat_ws(E'\n', t.description, t.acceptance_criteria) AS body,
      c.body AS comment
    FROM first JOIN tasks t ON t.id = first.id ${live} LEFT JOIN comments c ON c.id = first.comment_id
    ORDER BY first.in_title DESC, first.rank DESC, first.updated_at DESC, first.id`)
  return rows
}

const cardFields = sql`t.id AS task_id, t.board_id, b.name AS board_name, b.key AS board_key, t.number, t.title,
  col.name AS column_name, (t.archived_at IS NOT NULL OR b.archived_at IS NOT NULL) AS is_archived`

const live = sql`JOIN boards b ON b.id = t.board_id JOIN columns col ON col.id = t.column_id`

function shown(boardId: BoardId | undefined): SQL {
  const ofBoard = boardId ? sql`AND t.board_id = ${boardId}` : sql``
  return sql`t.deleted_at IS NULL AND col.deleted_at IS NULL AND b.deleted_at IS NULL ${ofBoard}`
}

/** Words as to_tsquery reads them, of any weight or of one; quoted, so that no sign in them is an operator. */
function queryOf(words: readonly string[], weight = ''): string {
  return words
    .map((word, index) => {
      const quoted = `'${word.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`
      const marks = `${index === words.length - 1 ? '*' : ''}${weight}`
      return marks ? `${quoted}:${marks}` : quoted
    })
    .join(' & ')
}
