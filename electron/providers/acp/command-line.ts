interface Wanted {
  command: string
  args?: readonly string[] | null | undefined
  /** Variables that the command is to see besides ours. */
  env: readonly { name: string; value: string }[]
  /** Where it is to run, relative to the workspace; empty: in the workspace itself. */
  folder: string
}

/** Set by agents for every command; they change how things look, and nothing of what runs. */
const HARMLESS = /^(?:CLAUDECODE|NO_COLOR|FORCE_COLOR|COLORTERM|COLUMNS|LINES)$/

/**
 * What an agent has us run, as the line of a shell that would do the same: so the policy and a person read just what runs.
 * An argument is one word, whatever is in it; variables (which can make any program run another) stand before it, and so
 * does the folder.
 */
export function commandLine({ command, args, env, folder }: Wanted): string {
  const call = args && args.length > 0 ? [command, ...args].map(word).join(' ') : command
  const sets = env
    .filter(({ name }) => !HARMLESS.test(name))
    .map(({ name, value }) => `${name}=${word(value)}`)
  const line = [...sets, call].join(' ')
  return folder === '' ? line : `cd ${word(folder)} && ${line}`
}

function word(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`
}
