import { parseArgs } from 'node:util'
import { z } from 'zod'
import { ProviderId } from '#shared/provider.ts'

/** What was typed is no command; the message says what is wrong. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

export const USAGE = `Usage: npm run rangers -- <command> [options]

  run --repo PATH --title TEXT   Writes a card for the repository and has agents do it.
      [--description TEXT]       What is to be done, in detail.
      [--provider NAME]          anthropic, or scripted (the demo agent: offline, no key).
      [--check COMMAND]          Tells whether the project is sound, "npm test" say; remembered.
      [--json]                   One JSON object a line, the last one is the result.
                                 Exit code: 0 approved, 2 needs attention, 1 failed, 130 stopped by Ctrl-C.
  boards [--json]                All boards.
  tasks --board KEY [--json]     The cards of a board.
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
    json,
  }),
  z.strictObject({ command: z.literal('boards'), json }),
  z.strictObject({ command: z.literal('tasks'), board: text, json }),
  z.strictObject({ command: z.literal('doctor'), json }),
  z.strictObject({ command: z.literal('help'), json }),
])
export type TerminalCommand = z.infer<typeof Commands>

/** The command that was typed. Throws UsageError. */
export function parseCommand(args: string[]): TerminalCommand {
  const { values, positionals } = read(args)
  const command = values.help ? 'help' : (positionals[0] ?? 'help')
  if (positionals.length > 1)
    throw new UsageError(`“${positionals[1]}” is too much. Put texts with spaces in quotes.`)
  const { help: _, ...options } = values
  const parsed = Commands.safeParse({ ...options, command })
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
        board: { type: 'string' },
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
  if (issue.path[0] === 'provider') return '--provider is anthropic or scripted.'
  return `--${String(issue.path[0])} is missing.`
}
