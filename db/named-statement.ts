import type { Db } from './client.ts'

/**
 * Runs a statement that each connection remembers under a name, so that it is parsed and planned once: for those few
 * that every change of a board runs. One name is one text, for ever; times come as text.
 */
export async function runNamed(
  db: Db,
  name: string,
  text: string,
  params: readonly unknown[],
): Promise<Record<string, unknown>[]> {
  const statement = db._.session.prepareQuery({ sql: text, params: [...params] }, undefined, name, false)
  const { rows } = (await statement.execute()) as { rows: Record<string, unknown>[] }
  return rows
}
