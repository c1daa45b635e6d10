import { existsSync } from 'node:fs'
import { join } from 'node:path'

/** Where `npm run test:agents` has put the agents of others; null in every other run. */
const AGENTS_FOLDER = process.env.RANGERS_TEST_AGENTS || null

/** The folder of an installed package's modules; null where it is not installed, or this is not `npm run test:agents`. */
export function modulesOf(name: string): string | null {
  if (!AGENTS_FOLDER) return null
  const modules = join(AGENTS_FOLDER, name.replace(/^@/, '').replace('/', '-'), 'node_modules')
  return existsSync(join(modules, name)) ? modules : null
}
