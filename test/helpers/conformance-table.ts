import { CLAUDE_AGENT_KINDS, FAILURES, PHASES } from './conformance-cases.ts'

const HEAD = `# Providers

What does the thinking: one interface (\`electron/providers/provider.ts\`) and one suite of tests for all of them
(\`test/helpers/conformance-suite.ts\`), over our fake model server. This page is drawn from the suite's own list of failures by
\`npm run docs\`; a test says when it is not current.

- \`anthropic\`: the Messages API, with tools and a confined shell of ours. A key alone is enough.
- \`claude-agent\`: the Claude Agent SDK, found on the machine or installed on demand. \`npm run test:agents\` puts the real one to the suite.
- \`acp\`: any agent that speaks the Agent Client Protocol. The suite runs a small agent of ours, once answering failures with errors
  and once with words after which the turn ends as if all were well, as Copilot and Codex do. \`npm run test:agents\` has OpenCode and
  Copilot do real tasks.
- \`scripted\`: the demo. It asks no model, so no service can fail it; all the rest of the suite holds for it too.

## What a failing model service comes to

Each row is tried in each phase (${PHASES.join(', ')}), with no repetitions: what a step ends
as after the last one. In each of them nothing that was asked for by a broken answer is done, no process is left, no
key or pass is told, and the message is a sentence.
`

/** The page on providers, as Markdown. */
export function drawConformance(): string {
  const rows = FAILURES.map(({ name, kind }) => {
    const claude = CLAUDE_AGENT_KINDS[name]
    const other = claude === 'completed' ? 'asks again without a stream' : code(claude ?? kind)
    return `| ${capital(name)} | ${code(kind)} | ${other} | ${code(kind)} | cannot happen |`
  })
  return [
    HEAD,
    '| The service answers with | `anthropic` | `claude-agent` | `acp`, both ways | `scripted` |',
    '|---|---|---|---|---|',
    ...rows,
    '',
  ].join('\n')
}

function code(kind: string): string {
  return `\`${kind}\``
}

function capital(text: string): string {
  return text[0]?.toUpperCase() + text.slice(1)
}
