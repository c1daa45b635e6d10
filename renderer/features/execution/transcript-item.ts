import { assertNever } from '#shared/assert-never.ts'
import type { ExecutionStatus, Phase, Verdict } from '#shared/execution.ts'
import type { ExecutionEvent, ExecutionEventBody, PlanEntry, ToolKind } from '#shared/execution-event.ts'
import { kindOfLine, type LogKind } from '#shared/execution-log.ts'
import type { StepId } from '#shared/ids.ts'
import type { FailureKind } from '#shared/provider.ts'

type ToolStatus = Extract<ExecutionEventBody, { type: 'tool' }>['status']
type NoticeLevel = Extract<ExecutionEventBody, { type: 'notice' }>['level']

/** What a tool has printed so far: how many lines, and the last of them. */
interface Printed {
  lines: number
  tail: string
}

/** One row of what the agents did, as it is read. `entry` is the sequence number of its first line. */
export type TranscriptItem = { entry: number; at: Date; stepId: StepId | null } & (
  | { kind: 'phase'; phase: Phase; iteration: number; model: string | null }
  | { kind: 'text'; text: string; isThinking: boolean }
  | {
      kind: 'tool'
      name: string
      toolKind: ToolKind
      title: string
      paths: readonly string[]
      status: ToolStatus
      output: string | null
      diff: string | null
      printed: Printed | null
    }
  | { kind: 'plan'; entries: readonly PlanEntry[] }
  | { kind: 'retry'; attempt: number; max: number; delayMs: number; cause: FailureKind }
  | { kind: 'verdict'; iteration: number; verdict: Verdict }
  | { kind: 'commit'; commit: string; message: string; files: readonly string[] }
  | { kind: 'notice'; level: NoticeLevel; text: string }
  | { kind: 'status'; status: ExecutionStatus; message: string | null }
)

export type ToolItem = Extract<TranscriptItem, { kind: 'tool' }>

/** Of what is still being printed, characters: a window holds no more than it shows. */
const TAIL = 4000

/** Whether a line begins a row that is shown with this choice of kinds. */
export function isRow({ head, body }: ExecutionEvent, kinds: readonly LogKind[] | null): boolean {
  if (head !== null) return false
  if (body.type === 'step_started') return true
  const kind = kindOfLine(body)
  return kind !== null && (kinds === null || kinds.includes(kind))
}

/** The row that a line begins; null: it begins none. */
export function beginItem({ sequence, step_id, created_at, body }: ExecutionEvent): TranscriptItem | null {
  const base = { entry: sequence, at: created_at, stepId: step_id }
  switch (body.type) {
    case 'text':
    case 'thinking':
      return { ...base, kind: 'text', text: body.delta, isThinking: body.type === 'thinking' }
    case 'tool':
      return { ...base, kind: 'tool', ...toolFields(body), printed: null }
    case 'step_started':
      return { ...base, kind: 'phase', phase: body.phase, iteration: body.iteration, model: body.model }
    case 'plan':
      return { ...base, kind: 'plan', entries: body.entries }
    case 'retry':
      return {
        ...base,
        kind: 'retry',
        attempt: body.attempt,
        max: body.max,
        delayMs: body.delay_ms,
        cause: body.cause,
      }
    case 'verdict':
      return { ...base, kind: 'verdict', iteration: body.iteration, verdict: body.verdict }
    case 'commit':
      return { ...base, kind: 'commit', commit: body.commit, message: body.message, files: body.files }
    case 'notice':
      return { ...base, kind: 'notice', level: body.level, text: body.text }
    case 'status':
      return { ...base, kind: 'status', status: body.status, message: body.message }
    case 'tool_output':
    case 'usage':
    case 'step_finished':
      return null
    default:
      return assertNever(body)
  }
}

/** The row after a later line of it. */
export function growItem(item: TranscriptItem, { body }: ExecutionEvent): TranscriptItem {
  if (item.kind === 'text' && (body.type === 'text' || body.type === 'thinking'))
    return { ...item, text: item.text + body.delta }
  if (item.kind === 'plan' && body.type === 'plan') return { ...item, entries: body.entries }
  if (item.kind !== 'tool') return item
  if (body.type === 'tool') return { ...item, ...toolFields(body), diff: body.diff ?? item.diff }
  if (body.type !== 'tool_output') return item
  const tail = ((item.printed?.tail ?? '') + body.delta).slice(-TAIL)
  return { ...item, printed: { lines: body.line + countLines(body.delta), tail } }
}

function toolFields({
  name,
  kind,
  title,
  paths,
  status,
  output,
  diff,
}: Extract<ExecutionEventBody, { type: 'tool' }>) {
  return { name, toolKind: kind, title, paths, status, output, diff: diff ?? null }
}

/** A last line without an end counts. */
function countLines(text: string): number {
  let count = text === '' || text.endsWith('\n') ? 0 : 1
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count += 1
  return count
}
