import { assertNever } from '#shared/assert-never.ts'
import type { Verdict } from '#shared/execution.ts'
import type { ExecutionEvent, ExecutionEventBody, PlanEntry } from '#shared/execution-event.ts'

type Tool = Extract<ExecutionEventBody, { type: 'tool' }>

/** An entry of a log as Markdown, from its lines in order; `printed` is what the tool printed, whole. Empty: nothing to read. */
export function entryMarkdown(lines: readonly ExecutionEvent[], printed: string): string {
  const [first] = lines
  if (!first) return ''
  switch (first.body.type) {
    case 'text':
      return `${joined(lines).trim()}\n\n`
    case 'thinking':
      return `${quoted(joined(lines).trim())}\n\n`
    case 'tool':
      return toolMarkdown(lines, printed)
    case 'plan':
      return `**Plan**\n\n${planMarkdown(lines)}\n\n`
    default:
      return lineMarkdown(first)
  }
}

function lineMarkdown({ body, created_at: at }: ExecutionEvent): string {
  switch (body.type) {
    case 'step_started':
      return `## ${body.phase}, round ${body.iteration}\n\n${at.toISOString()}${body.model ? `, ${body.model}` : ''}\n\n`
    case 'status':
      return `_${body.status}${body.message ? `: ${body.message}` : ''}_\n\n`
    case 'retry':
      return `_Tried again (${body.attempt} of ${body.max}): ${body.cause}_\n\n`
    case 'verdict':
      return verdictMarkdown(body.verdict)
    case 'commit':
      return `_Commit ${body.commit.slice(0, 10)}: ${body.message.split('\n')[0]} (${body.files.length} files)_\n\n`
    case 'notice':
      return `_${body.level === 'info' ? '' : `${body.level}: `}${body.text}_\n\n`
    case 'text':
    case 'thinking':
    case 'tool':
    case 'tool_output':
    case 'plan':
    case 'usage':
    case 'step_finished':
      return ''
    default:
      return assertNever(body)
  }
}

function joined(lines: readonly ExecutionEvent[]): string {
  return lines.map(({ body }) => ('delta' in body ? body.delta : '')).join('')
}

function toolMarkdown(lines: readonly ExecutionEvent[], printed: string): string {
  const tools = lines.map(({ body }) => body).filter((body): body is Tool => body.type === 'tool')
  const tool = tools.at(-1)
  if (!tool) return ''
  const mark = { running: '…', done: '✓', failed: '✗', denied: '⊘' }[tool.status]
  const output = printed || tool.output || ''
  return [
    `${mark} **${tool.title || tool.name}**\n\n`,
    tool.diff ? fenced(tool.diff, 'diff') : '',
    output ? fenced(output, '') : '',
  ].join('')
}

function verdictMarkdown({ status, summary, findings }: Verdict): string {
  const found = findings.map(({ severity, file, line, finding, suggestion }) => {
    const place = file ? ` \`${file}${line === null ? '' : `:${line}`}\`` : ''
    return `- **${severity}**${place}: ${finding}${suggestion ? `\n  ${suggestion}` : ''}\n`
  })
  return `**${status}**: ${summary}\n\n${found.join('')}${found.length > 0 ? '\n' : ''}`
}

function planMarkdown(lines: readonly ExecutionEvent[]): string {
  const plans = lines.map(({ body }) => (body.type === 'plan' ? body.entries : []))
  const entries: PlanEntry[] = plans.at(-1) ?? []
  return entries.map(({ text, status }) => `- [${status === 'completed' ? 'x' : ' '}] ${text}`).join('\n')
}

function quoted(text: string): string {
  return text.replace(/^/gm, '> ')
}

/** With a fence that is longer than any in the text. */
function fenced(text: string, language: string): string {
  const longest = Math.max(2, ...(text.match(/`{3,}/g) ?? []).map((ticks) => ticks.length))
  const fence = '`'.repeat(longest + 1)
  return `${fence}${language}\n${text.replace(/\n$/, '')}\n${fence}\n\n`
}
