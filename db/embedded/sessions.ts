import pg from 'pg'
import { PRESENCE_NAME } from './stop-server.ts'

export const DATABASE_NAME = 'agent_rangers'

/** A connection that says by its name that somebody needs the server. */
export async function connectPresence(connection: pg.ClientConfig, database: string): Promise<pg.Client> {
  const client = new pg.Client({ ...connection, database, application_name: PRESENCE_NAME, keepAlive: true })
  client.on('error', () => {}) // `end` follows
  await client.connect()
  return client
}

/** Makes the app's database on a server where it is not yet. */
export async function makeDatabase(connection: pg.ClientConfig): Promise<void> {
  const client = await connectPresence(connection, 'postgres')
  try {
    if (!(await hasDatabase(client))) await client.query(`CREATE DATABASE ${DATABASE_NAME}`)
  } finally {
    await client.end()
  }
}

export async function hasDatabase(client: pg.Client): Promise<boolean> {
  const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [DATABASE_NAME])
  return rowCount !== 0
}
