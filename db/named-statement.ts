import pg from 'pg'
import type { Db } from './client.ts'
import { sendTogether } from './statement-batch.ts'
import { connectionOf } from './transaction.ts'

/**
 * Runs a statement that each connection remembers under a name, so that it is parsed and planned once: for those few
 * that every change of a board runs. One name is one text, for ever; times come as text. A statement that answers few
 * columns, a row as JSON say, is read faster: the server describes each column in each answer.
 */
export async function runNamed(
  db: Db,
  name: string,
  text: string,
  params: readonly unknown[],
): Promise<Record<string, unknown>[]> {
  const values = [...params]
  const connection = connectionOf(db)
  if (connection) {
    const { client, logger } = connection
    if (logger) logger.logQuery(text, values)
    return (await sendTogether(client, { name, text, values, types: TYPES })).rows
  }
  const statement = db._.session.prepareQuery({ sql: text, params: values }, undefined, name, false)
  const { rows } = (await statement.execute()) as { rows: Record<string, unknown>[] }
  return rows
}

const { DATE, INTERVAL, TIMESTAMP, TIMESTAMPTZ } = pg.types.builtins
const TIMES: ReadonlySet<number> = new Set([DATE, INTERVAL, TIMESTAMP, TIMESTAMPTZ])

/** As drizzle has it, which this goes round. */
const TYPES: pg.CustomTypesConfig = {
  getTypeParser: (id, format) =>
    TIMES.has(id) ? (text: string) => text : pg.types.getTypeParser(id, format),
}
