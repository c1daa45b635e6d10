import type { Migration } from './migration-files.ts'

/** Comments, texts, function bodies and quoted names: none of them is a command. */
const NO_COMMAND = /--[^\n]*|\/\*[\s\S]*?\*\/|'(?:[^']|'')*'|\$(\w*)\$[\s\S]*?\$\1\$|"(?:[^"]|"")*"/g
/** What may follow ALTER TABLE without taking or changing anything that is there. */
const TAKES_AWAY = /\b(?:DROP|RENAME|TYPE|ALTER COLUMN|ALTER|SET SCHEMA|DETACH|DISABLE)\b/
const ADDS = /^(?:CREATE|COMMENT|GRANT|INSERT|SET|ALTER TABLE)\b/

/**
 * Whether a migration only adds: then nothing can get lost by it. What is not surely additive (DROP, RENAME, a change of
 * type, DELETE, UPDATE, TRUNCATE, DO …) counts as not. `additive` in meta.json overrules this.
 */
export function isAdditive({ up, additive }: Pick<Migration, 'up' | 'additive'>): boolean {
  return additive ?? statementsOf(up).every(isAddition)
}

function isAddition(statement: string): boolean {
  if (!ADDS.test(statement)) return false
  if (statement.startsWith('INSERT')) return !statement.includes('DO UPDATE')
  return !statement.startsWith('ALTER TABLE') || !TAKES_AWAY.test(statement.slice('ALTER TABLE'.length))
}

/** In capitals, with single spaces, names and texts left out. */
function statementsOf(sql: string): string[] {
  return sql
    .replaceAll(NO_COMMAND, (found) => (found.startsWith('-') || found.startsWith('/') ? ' ' : ' X '))
    .split(';')
    .map((statement) => statement.replaceAll(/\s+/g, ' ').trim().toUpperCase())
    .filter((statement) => statement !== '')
}
