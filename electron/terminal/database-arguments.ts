import { parseArgs } from 'node:util'
import { z } from 'zod'
import { UsageError } from './arguments.ts'

export const DATABASE_USAGE = `Usage: npm run db -- <command> [options]

  up [N|REVISION|head]           Applies what is pending: all, the next N, or up to a revision.
  down [N|REVISION|base]         Undoes the last one, the last N, what follows a revision, or all.
  current [--json]               What is applied, and what is pending.
  history [--json]               All migrations, the newest first, and what each builds on.
  check [--json]                 Compares the database with the app's schema. Exit code 1: they differ.
  make "message" [--empty]       Writes the next migration from the difference between schema and migrations.
  merge ["message"]              Joins two heads, after two branches each added a migration.
  sql FROM TO                    Prints the SQL from one revision to another (base, head too), up or down.
  stamp REVISION                 Notes a revision (head, base too) as applied, without running anything.

  backup [FILE] [--json]         Writes a verified backup: to the data folder, or to FILE.
  backups [--json]               The backups in the data folder.
  restore FILE [--force]         Replaces the database by a backup; --force: a server of DATABASE_URL with rows.
  help                           This text.

The database is the embedded one, or that of DATABASE_URL, as for the app.
Exit code: 0 done, 1 refused or failed, 64 not understood, 130 stopped by Ctrl-C.`

const json = z.boolean().default(false)
const text = z.string().min(1)

const Commands = z.discriminatedUnion('command', [
  z.strictObject({ command: z.literal('up'), target: text.default('head') }),
  z.strictObject({ command: z.literal('down'), target: text.default('1') }),
  z.strictObject({ command: z.literal('current'), json }),
  z.strictObject({ command: z.literal('history'), json }),
  z.strictObject({ command: z.literal('check'), json }),
  z.strictObject({ command: z.literal('make'), message: text, empty: z.boolean().default(false) }),
  z.strictObject({ command: z.literal('merge'), message: text.default('Merge') }),
  z.strictObject({ command: z.literal('sql'), from: text, to: text }),
  z.strictObject({ command: z.literal('stamp'), target: text }),
  z.strictObject({ command: z.literal('backup'), file: text.optional(), json }),
  z.strictObject({ command: z.literal('backups'), json }),
  z.strictObject({ command: z.literal('restore'), file: text, force: z.boolean().default(false) }),
  z.strictObject({ command: z.literal('help') }),
])
export type DatabaseCommand = z.infer<typeof Commands>

/** What the words after a command mean, in their order. */
const WORDS: Record<string, readonly string[]> = {
  up: ['target'],
  down: ['target'],
  make: ['message'],
  merge: ['message'],
  sql: ['from', 'to'],
  stamp: ['target'],
  backup: ['file'],
  restore: ['file'],
}

/** The command that was typed. Throws UsageError. */
export function parseDatabaseCommand(args: string[]): DatabaseCommand {
  const { values, positionals } = read(args)
  const [name = 'help', ...words] = positionals
  const command = values.help ? 'help' : name
  const meanings = WORDS[command] ?? []
  if (words.length > meanings.length && command !== 'help')
    throw new UsageError(`“${words[meanings.length]}” is too much. Put texts with spaces in quotes.`)
  const { help: _, ...options } = values
  const named = Object.fromEntries(words.slice(0, meanings.length).map((word, at) => [meanings[at], word]))
  const parsed = Commands.safeParse({ ...options, ...named, command })
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  if (!issue || issue.path[0] === 'command') throw new UsageError(`“${command}” is no command.`)
  if (issue.code === 'unrecognized_keys')
    throw new UsageError(`--${issue.keys[0]} does not belong to “${command}”.`)
  throw new UsageError(`“${command}” needs ${String(issue.path[0]).toUpperCase()} after it.`)
}

function read(args: string[]) {
  try {
    return parseArgs({
      // -1 is a number of steps, as in other migration tools, and no option.
      args: args.map((arg) => (/^-\d{1,3}$/.test(arg) ? arg.slice(1) : arg)),
      allowPositionals: true,
      options: {
        json: { type: 'boolean' },
        empty: { type: 'boolean' },
        force: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    })
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error))
  }
}
