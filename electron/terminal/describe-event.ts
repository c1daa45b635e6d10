import { assertNever } from '#shared/assert-never.ts'
import type { ExecutionEvent } from '#shared/execution-event.ts'

/** An event as terminal text; text of the agent runs on, all else begins a line of its own. */
export function describeEvent({ body }: ExecutionEvent): string {
  switch (body.type) {
    case 'text':
      return body.delta
    case 'thinking':
    case 'usage':
    case 'tool_output':
      return ''
    case 'status':
      return body.message ? line(`${body.status}: ${body.message}`) : line(body.status)
    case 'step_started':
      return line(`── ${body.phase}, round ${body.iteration} ──`)
    case 'step_finished':
      return '\n'
    case 'tool':
      return body.status === 'running' ? '' : line(`${body.status === 'done' ? '✓' : '✗'} ${body.title}`)
    case 'retry':
      return line(
        `retry ${body.attempt} of ${body.max} in ${Math.ceil(body.delay_ms / 1000)} s (${body.cause})`,
      )
    case 'verdict':
      return [
        line(`${body.verdict.status}: ${body.verdict.summary}`),
        ...body.verdict.findings.map((found) => `  ${found.severity} ${place(found)}${found.finding}\n`),
      ].join('')
    case 'commit':
      return line(`commit ${body.commit.slice(0, 10)}: ${body.files.length} files`)
    case 'plan':
      return line(
        body.entries.map((entry) => `${entry.status === 'completed' ? '✓' : '·'} ${entry.text}`).join('\n'),
      )
    case 'notice':
      return line(body.text)
    default:
      return assertNever(body)
  }
}

function line(text: string): string {
  return `\n${text}\n`
}

function place({ file, line: number }: { file: string | null; line: number | null }): string {
  if (!file) return ''
  return number === null ? `${file}: ` : `${file}:${number}: `
}
