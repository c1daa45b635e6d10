import { sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Db } from '../client.ts'

const Row = z.object({ version: z.string() })

/** The server's version ("18.4"); throws when it does not answer. */
export async function serverVersion(db: Db): Promise<string> {
  const { rows } = await db.execute(sql`select current_setting('server_version') as version`)
  return Row.parse(rows[0]).version
}
