import { parseArgs } from 'node:util'
import { z } from 'zod'
import { PermissionMode } from '#shared/policy.ts'
import { ProviderId } from '#shared/provider.ts'

/** What was typed is no command; the message says what is wrong. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

export const USAGE = `Usage: npm run rangers -- <command> [options]

  run --repo PATH --title TEXT   Writes a card for the repository and has agents do it.
      [--description TEXT]       What is to be done, in detail.
      [--provider NAME]          anthropic, claude-agent, an ACP agent such as acp:opencode, or scripted (the demo
                                 agent: offline, no key). “doctor” says which are ready.
      [--check COMMAND]          Tells whether the project is sound, "npm test" say; remembered.
      [--permission MODE]        What agents do without asking, on a board that has chosen nothing: ask, edits,
                                 trusted (default) or full. What they ask is answered in the app.
      [--json]                   One JSON object a line, the last one is the result.
                                 Exit code: 0 approved, 2 needs attention, 1 failed, 130 stopped by Ctrl-C.
  boards [--json]                All boards.
  tasks --board KEY [--json]     The cards of a board.
  export KEY FILE [--json]       Writes a board into FILE: all of it (.json), or a table for spreadsheets (.csv).
      [--force]                  Replaces FILE if it is there.
  import FILE [--json]           A new board from a file of “export”, or from Trello's “Export as JSON”.
      [--archived trash]         Puts what is archived in Trello into the trash; it is left out otherwise.
  doctor [--json]                What is installed, what is missing, how to fix it.
  help                           This text.`

const text = z.string().min(1)
const json = z.boolean().default(false)

const Commands = z.discriminatedUnion('command', [
  z.strictObject({
    command: z.literal('run'),
    repo: text,
    title: z.string(),
    description: z.string().optional(),
    provider: ProviderId.optional(),
    check: text.optional(),
    permission: PermissionMode.optional(),
    json,
  }),
  z.strictObject({ command: z.literal('boards'), json }),
  z.strictObject({ command: z.literal('tasks'), board: text, json }),
  z.strictObject({
    command: z.literal('export'),
    board: text,
    file: text.refine((file) => /\.(json|csv)$/i.test(file), 'FILE ends in .json or .csv.'),
    force: json,
    json,
  }),
  z.strictObject({
    command: z.literal('import'),
    file: text,
    archived: z.enum(['trash', 'leave-out'], '--archived is trash or leave-out.').default('leave-out'),
    json,
  }),
  z.strictObject({ command: z.literal('doctor'), json }),
  z.strictObject({ command: z.literal('help'), json }),
])
export type TerminalCommand = z.infer<typeof Commands>

/** What may stand behind a command without a name, in this order. */
const PLACES: Record<string, readonly string[]> = { export: ['board', 'file'], import: ['file'] }

/** The command that was typed. Throws UsageError. */
export function parseCommand(args: string[]): TerminalCommand {
  const { values, positionals } = read(args)
  const [first = 'help', ...words] = positionals
  const command = values.help ? 'help' : first
  const places = PLACES[command] ?? []
  if (words.length > places.length)
    throw new UsageError(`“${words[places.length]}” is too much. Put texts with spaces in quotes.`)
  const { help: _, ...options } = values
  const named = Object.fromEntries(words.map((word, index) => [places[index], word]))
  const parsed = Commands.safeParse({ ...options, ...named, command })
  if (parsed.success) return parsed.data
  throw new UsageError(problem(parsed.error.issues[0], command))
}

function read(args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        repo: { type: 'string' },
        title: { type: 'string' },
        description: { type: 'string' },
        provider: { type: 'string' },
        check: { type: 'string' },
        permission: { type: 'string' },
        board: { type: 'string' },
        archived: { type: 'string' },
        force: { type: 'boolean' },
        json: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    })
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error))
  }
}

function problem(issue: z.core.$ZodIssue | undefined, command: string): string {
  if (!issue || issue.path[0] === 'command') return `“${command}” is no command.`
  if (issue.code === 'unrecognized_keys') return `--${issue.keys[0]} does not belong to “${command}”.`
  if (issue.path[0] === 'provider')
    return '--provider is anthropic, claude-agent, scripted, or acp: and a name, such as acp:opencode.'
  if (issue.path[0] === 'permission') return '--permission is ask, edits, trusted or full.'
  if (issue.code === 'custom' || issue.path[0] === 'archived') return issue.message
  const name = String(issue.path[0])
  const isPlace = PLACES[command]?.includes(name)
  return isPlace ? `${name === 'board' ? 'KEY' : 'FILE'} is missing.` : `--${name} is missing.`
}
