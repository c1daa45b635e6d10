import { assertNever } from '#shared/assert-never.ts'
import type { ExecutionStatus, Phase, Verdict } from '#shared/execution.ts'
import type { ExecutionEvent, ExecutionEventBody, ToolKind } from '#shared/execution-event.ts'
import type { FailureKind, Usage } from '#shared/provider.ts'
import { isVerdictText } from './verdict-text.ts'

type ToolStatus = Extract<ExecutionEventBody, { type: 'tool' }>['status']
type NoticeLevel = Extract<ExecutionEventBody, { type: 'notice' }>['level']

/** One row of what the agents did, as it is read. `key` stays the same while the row grows. */
export type TranscriptItem = { key: string; at: Date } & (
  | { kind: 'phase'; phase: Phase; iteration: number; model: string | null; summary: string | null }
  | { kind: 'text'; text: string; isThinking: boolean }
  /** A reviewer's JSON, which is not for reading: the verdict takes its place, unless the step ends before. */
  | { kind: 'verdict_text'; text: string; isUnfinished: boolean }
  | {
      kind: 'tool'
      name: string
      toolKind: ToolKind
      title: string
      paths: readonly string[]
      status: ToolStatus
      output: string | null
    }
  | { kind: 'retry'; attempt: number; max: number; delayMs: number; cause: FailureKind }
  | { kind: 'verdict'; iteration: number; verdict: Verdict }
  | { kind: 'commit'; commit: string; message: string; files: readonly string[] }
  | { kind: 'notice'; level: NoticeLevel; text: string }
  | { kind: 'status'; status: ExecutionStatus; message: string | null }
)

export interface Transcript {
  items: readonly TranscriptItem[]
  /** Everything up to this sequence number is in it. */
  lastSequence: number
  /** Of the whole execution so far; null before the first report. */
  usage: Usage | null
  costUsd: number | null
  /** Grows whenever files may have changed. */
  changes: number
  /** Where the row of a key stands. Shared by all versions of a transcript, so an entry is checked before it is used. */
  places: Map<string, number>
}

export const EMPTY_TRANSCRIPT: Transcript = {
  items: [],
  lastSequence: 0,
  usage: null,
  costUsd: null,
  changes: 0,
  places: new Map(),
}

/** The transcript after more events, in order. Events that are in it already change nothing. */
export function foldTranscript(before: Transcript, events: readonly ExecutionEvent[]): Transcript {
  const fresh = events.filter((event) => event.sequence > before.lastSequence)
  if (fresh.length === 0) return before
  const places = before === EMPTY_TRANSCRIPT ? new Map() : before.places
  const draft = { ...before, places, items: [...before.items] }
  for (const event of fresh) {
    if (event.sequence <= draft.lastSequence) continue
    draft.lastSequence = event.sequence
    foldOne(draft, event)
    if (ENDS_WRITING.has(event.body.type)) endVerdictText(draft)
  }
  return draft
}

/** After these nothing is added to what was being written. */
const ENDS_WRITING: ReadonlySet<ExecutionEventBody['type']> = new Set([
  'status',
  'step_started',
  'step_finished',
  'retry',
])

type Draft = Omit<Transcript, 'items'> & { items: TranscriptItem[] }

function foldOne(draft: Draft, { body, sequence, step_id, created_at: at }: ExecutionEvent): void {
  const key = `${body.type}-${sequence}`
  switch (body.type) {
    case 'text':
    case 'thinking':
      appendText(draft, body, `${body.type}-${step_id}-${body.message_id}`, at)
      return
    case 'tool':
      // Providers number their tools and messages within a step.
      upsertTool(draft, body, `tool-${step_id}-${body.id}`, at)
      return
    case 'step_started':
      draft.items.push({ ...body, kind: 'phase', key, at, summary: null })
      return
    case 'step_finished':
      finishPhase(draft, body)
      return
    case 'plan':
    case 'tool_output':
      return // drawn beside the transcript
    case 'usage':
      draft.usage = body.usage
      draft.costUsd = body.cost_usd
      return
    case 'commit':
      draft.changes += 1
      draft.items.push({
        kind: 'commit',
        key,
        at,
        commit: body.commit,
        message: body.message,
        files: body.files,
      })
      return
    case 'retry': {
      const { attempt, max, delay_ms: delayMs, cause } = body
      draft.items.push({ kind: 'retry', key, at, attempt, max, delayMs, cause })
      return
    }
    case 'verdict':
      settleVerdict(draft, { kind: 'verdict', key, at, iteration: body.iteration, verdict: body.verdict })
      return
    case 'notice':
      draft.items.push({ kind: 'notice', key, at, level: body.level, text: body.text })
      return
    case 'status':
      draft.items.push({ kind: 'status', key, at, status: body.status, message: body.message })
      return
    default:
      assertNever(body)
  }
}

function rowOf({ items, places }: Draft, key: string): TranscriptItem | undefined {
  const item = items[places.get(key) ?? -1]
  return item?.key === key ? item : undefined
}

/** In the place of the row with its key, else at the end. */
function put(draft: Draft, item: TranscriptItem): void {
  const place = rowOf(draft, item.key) ? draft.places.get(item.key) : undefined
  if (place !== undefined) {
    draft.items[place] = item
    return
  }
  draft.places.set(item.key, draft.items.length)
  draft.items.push(item)
}

function appendText(
  draft: Draft,
  { type, delta }: Extract<ExecutionEventBody, { type: 'text' | 'thinking' }>,
  key: string,
  at: Date,
): void {
  const known = rowOf(draft, key)
  const isText = known?.kind === 'text' || known?.kind === 'verdict_text'
  const text = isText ? known.text + delta : delta
  const row = { key, at: known?.at ?? at, text }
  if (type === 'text' && isVerdictText(text) && isReview(draft)) {
    put(draft, { ...row, kind: 'verdict_text', isUnfinished: false })
  } else {
    put(draft, { ...row, kind: 'text', isThinking: type === 'thinking' })
  }
}

/** Whether the reviewer is at work; a transcript that begins in the middle of a step does not tell otherwise. */
function isReview({ items }: Draft): boolean {
  const start = items.findLast((item) => item.kind === 'phase')
  return start === undefined || start.phase === 'review'
}

/** The verdict stands where its text was written. */
function settleVerdict(draft: Draft, verdict: TranscriptItem): void {
  const index = lastVerdictText(draft)
  if (index < 0) draft.items.push(verdict)
  else draft.items[index] = verdict
}

function endVerdictText(draft: Draft): void {
  const index = lastVerdictText(draft)
  const item = draft.items[index]
  if (item?.kind === 'verdict_text') draft.items[index] = { ...item, isUnfinished: true }
}

/** Of the step at work or the one before, that is still being written. */
function lastVerdictText({ items }: Draft): number {
  for (let index = items.length - 1; index >= 0; index -= 1) {
    const item = items[index]
    if (item?.kind === 'verdict_text') return item.isUnfinished ? -1 : index
    if (item?.kind === 'phase' && index < items.length - 1) return -1
  }
  return -1
}

function upsertTool(
  draft: Draft,
  tool: Extract<ExecutionEventBody, { type: 'tool' }>,
  key: string,
  at: Date,
): void {
  const { name, kind: toolKind, title, paths, status, output } = tool
  const item: TranscriptItem = {
    kind: 'tool',
    key,
    at: rowOf(draft, key)?.at ?? at,
    name,
    toolKind,
    title,
    paths,
    status,
    output,
  }
  put(draft, item)
  const canWrite =
    toolKind === 'edit' || toolKind === 'delete' || toolKind === 'move' || toolKind === 'execute'
  if (canWrite && status === 'done') draft.changes += 1
}

function finishPhase(draft: Draft, body: Extract<ExecutionEventBody, { type: 'step_finished' }>): void {
  const index = draft.items.findLastIndex(
    (item) => item.kind === 'phase' && item.phase === body.phase && item.iteration === body.iteration,
  )
  const item = draft.items[index]
  if (item?.kind === 'phase') draft.items[index] = { ...item, summary: body.summary }
}
