import type { BoardId, ColumnId, TaskId } from '#shared/ids.ts'
import type { Task } from '#shared/task.ts'

/** About 1 KB: what a small query answers. */
export function smallAnswer(): unknown {
  return {
    id: 'b1',
    title: 'A board',
    columns: Array.from({ length: 8 }, (_, n) => ({
      id: `column-${n}`,
      name: 'Name of a column',
      order: n,
      wip_limit: null,
      description: 'x'.repeat(40),
    })),
  }
}

/** About 2 MB: all cards of a large board, as the board's query answers them. */
export function snapshot(tasks = 5000): { seq: number; tasks: Task[] } {
  const uuid = (n: number) => `0190a5c8-0000-7000-8000-${String(n).padStart(12, '0')}`
  const at = new Date('2026-01-01T00:00:00.000Z')
  return {
    seq: 1,
    tasks: Array.from({ length: tasks }, (_, n) => ({
      id: uuid(n) as TaskId,
      board_id: uuid(1) as BoardId,
      column_id: uuid(n % 6) as ColumnId,
      number: n,
      title: `Card number ${n} with a title of usual length`,
      description: 'What is to be done, in a few words. '.repeat(3),
      acceptance_criteria: null,
      label_ids: [],
      assigned_to: null,
      status: 'todo',
      priority: n % 3 === 0 ? 'high' : null,
      due_date: null,
      estimate: null,
      order: n + 0.5,
      version: 1,
      current_execution_id: null,
      waits_for_blockers: false,
      comment_count: 0,
      attachment_count: 0,
      checklist_done: 0,
      checklist_total: 0,
      archived_at: null,
      created_at: at,
      updated_at: new Date(at.getTime() + n),
    })),
  }
}

/** About 250 B, as a line of an agent's work. */
export interface BenchEvent {
  /** Milliseconds of the main process's clock. */
  at: number
  seq: number
  text: string
}

export const EVENT_TEXT = 'x'.repeat(200)
/** The raw channel for the same answers without tRPC. */
export const RAW_CHANNEL = 'bench:raw'
export const RESULT_CHANNEL = 'bench:result'
