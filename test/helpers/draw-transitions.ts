import { TRANSITIONS } from '#electron/orchestrator/transitions.ts'
import { ACTIVE_STATUSES, ExecutionStatus } from '#shared/execution.ts'

const HEAD = `# The states of an execution

Drawn from \`electron/orchestrator/transitions.ts\` by \`npm run docs\`; a test says when it is not current. What is not in this
table cannot happen: \`decide\` refuses a command in a status that it does not begin from, and breaks off when it would lead
elsewhere. Each command is one transaction: the row, its log, the board's event and what else follows are written together or
not at all, so there is nothing between two statuses.

An execution occupies its card while it is ${list(ACTIVE_STATUSES)}.
While it waits for a person (questions about the card, a gate, a pause) no app owns it and no process of it runs: it survives
every end of an app, and whichever app the answer is given in takes it. An agent that asks for a permission keeps its process,
and its app.
`

/** The page on the states of an execution, as Markdown. */
export function drawTransitions(): string {
  return `${HEAD}\n${diagram()}\n${table()}`
}

function diagram(): string {
  const arrows = new Map<string, string[]>()
  for (const [command, { from, to }] of Object.entries(TRANSITIONS)) {
    if (['note', 'merge', 'revert_merge', 'discard', 'restore'].includes(command)) continue
    for (const a of from)
      for (const b of to) {
        if (a === b) continue
        const arrow = `${a} --> ${b}`
        arrows.set(arrow, [...(arrows.get(arrow) ?? []), command.replaceAll('_', ' ')])
      }
  }
  const lines = [...arrows].map(([arrow, commands]) => `  ${arrow}: ${commands.join(', ')}`)
  return ['```mermaid', 'stateDiagram-v2', '  [*] --> pending', ...lines, '```', ''].join('\n')
}

function table(): string {
  const rows = Object.entries(TRANSITIONS).map(
    ([command, { from, to, unresolved, merged, discarded, about }]) => {
      const only = unresolved
        ? ' Only while the result is neither merged nor discarded.'
        : merged
          ? ' Only while the result is merged.'
          : discarded
            ? ' Only while the result is discarded.'
            : ''
      return `| \`${command}\` | ${statuses(from)} | ${statuses(to)} | ${about}.${only} |`
    },
  )
  return ['| command | from | to | what it means |', '| --- | --- | --- | --- |', ...rows, ''].join('\n')
}

function statuses(all: readonly ExecutionStatus[]): string {
  return all.length === ExecutionStatus.options.length ? 'any' : list(all)
}

function list(all: readonly ExecutionStatus[]): string {
  return all.map((status) => status.replaceAll('_', ' ')).join(', ')
}
