import { z } from 'zod'
import type { ExecutionEvent, ExecutionEventBody, PlanEntry } from './execution-event.ts'
import { ExecutionId } from './ids.ts'

/** A log is read in chunks of so many sequence numbers; an entry belongs to the chunk that it begins in. */
export const LOG_CHUNK = 200

/** The chunk that a line's entry stands in, from 0. */
export function chunkOf(entry: number): number {
  return Math.floor((entry - 1) / LOG_CHUNK)
}

/** What a reader may choose to see of a log; where steps begin is always shown. */
export const LogKind = z.enum(['text', 'thinking', 'tool', 'check', 'notice'])
export type LogKind = z.infer<typeof LogKind>

/** Tools by which the project's own commands are run. */
export const CHECK_TOOLS: readonly string[] = ['run_check', 'host_check']

/** Null: no entry of its own, or one that begins a step. */
export function kindOfLine(body: ExecutionEventBody): LogKind | null {
  switch (body.type) {
    case 'text':
    case 'thinking':
      return body.type
    case 'tool':
      return CHECK_TOOLS.includes(body.name) ? 'check' : 'tool'
    case 'verdict':
      return 'check'
    case 'status':
    case 'retry':
    case 'notice':
    case 'commit':
    case 'plan':
      return 'notice'
    case 'tool_output':
    case 'usage':
    case 'step_started':
    case 'step_finished':
      return null
  }
}

const kinds = z.array(LogKind).optional()

/** Some chunks of a log; without `chunks` its last two. */
export const ReadLog = z.strictObject({
  id: ExecutionId,
  chunks: z.array(z.number().int().min(0).max(10_000_000)).min(1).max(4).optional(),
  kinds,
})
export type ReadLog = z.infer<typeof ReadLog>

export interface LogPage {
  /** The whole of all entries that begin in the chunks, as far as they are stored: their lines in order. */
  events: ExecutionEvent[]
  chunks: number[]
  /** What is live comes after it. */
  last_sequence: number
}

export const OutlineLog = z.strictObject({ id: ExecutionId, kinds })
export type OutlineLog = z.infer<typeof OutlineLog>

export interface LogOutline {
  /** How many entries each chunk has. */
  counts: number[]
  last_sequence: number
  /** The newest plan that an agent told. */
  plan: PlanEntry[] | null
}

export const SearchLog = z.strictObject({ id: ExecutionId, text: z.string().min(1).max(200), kinds })
export type SearchLog = z.infer<typeof SearchLog>

/** A place in a log: an entry, and of what its tool has printed the line, from 0. */
export interface LogHit {
  entry: number
  line: number | null
}

export interface LogHits {
  /** The first of them. */
  hits: LogHit[]
  total: number
}

/** What a tool printed, whose entry this is. */
export const OutlineOutput = z.strictObject({ id: ExecutionId, entry: z.number().int().min(1) })
export type OutlineOutput = z.infer<typeof OutlineOutput>

export interface OutputOutline {
  /** In order: where each piece is stored, and the number of its first line, from 0. */
  pieces: { sequence: number; line: number }[]
  lines: number
}

export const ReadOutput = z.strictObject({
  id: ExecutionId,
  sequences: z.array(z.number().int().min(1)).min(1).max(8),
})
export type ReadOutput = z.infer<typeof ReadOutput>

export interface OutputPiece {
  sequence: number
  text: string
}

export const LogFormat = z.enum(['md', 'jsonl'])
export type LogFormat = z.infer<typeof LogFormat>

export const ExportLog = z.strictObject({
  id: ExecutionId,
  format: LogFormat,
  /** Chosen by the caller, who may follow the progress under it. */
  export_id: z.uuid().optional(),
})
export type ExportLog = z.infer<typeof ExportLog>

export interface ExportedLog {
  path: string
  lines: number
}
