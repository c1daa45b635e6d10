import type { OpenedBoard } from '#shared/board.ts'
import type { Column } from '#shared/column.ts'
import { type ExecutionSummary, Step } from '#shared/execution.ts'
import type { ExecutionEvent, ExecutionEventBody } from '#shared/execution-event.ts'
import { BoardId, ColumnId, ExecutionId, TaskId } from '#shared/ids.ts'
import { type Task, toTaskCard } from '#shared/task.ts'

export function uuid(number: number): string {
  return `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`
}

export const BOARD = BoardId.parse(uuid(1))
export const LEFT = ColumnId.parse(uuid(11))
export const RIGHT = ColumnId.parse(uuid(12))

export function at(second: number): Date {
  return new Date(Date.UTC(2026, 0, 1, 0, 0, second))
}

export function taskId(number: number): TaskId {
  return TaskId.parse(uuid(100 + number))
}

export function task(number: number, values: Partial<Task> = {}): Task {
  return {
    id: taskId(number),
    board_id: BOARD,
    column_id: LEFT,
    number,
    title: `Card ${number}`,
    description: null,
    acceptance_criteria: null,
    label_ids: [],
    assigned_to: null,
    status: 'open',
    priority: null,
    due_date: null,
    estimate: null,
    order: number,
    version: 1,
    current_execution_id: null,
    waits_for_blockers: false,
    comment_count: 0,
    attachment_count: 0,
    checklist_done: 0,
    checklist_total: 0,
    archived_at: null,
    created_at: at(number),
    updated_at: at(number),
    ...values,
  }
}

export function column(id: ColumnId, order: number, values: Partial<Column> = {}): Column {
  return {
    id,
    board_id: BOARD,
    name: id === LEFT ? 'Left' : 'Right',
    order,
    color: null,
    wip_limit: null,
    triggers_agents: false,
    agent_workflow_type: null,
    agent_workflow_id: null,
    is_start_column: false,
    is_review_column: false,
    is_end_column: false,
    created_at: at(order),
    updated_at: at(order),
    ...values,
  }
}

export function execution(number: number, values: Partial<ExecutionSummary> = {}): ExecutionSummary {
  return {
    id: ExecutionId.parse(uuid(500 + number)),
    task_id: taskId(1),
    board_id: BOARD,
    workflow_type: 'development',
    provider: 'scripted',
    model: null,
    workflow_id: null,
    workflow_version: null,
    group_id: null,
    alternative: 0,
    clarity_score: null,
    permission_mode: null,
    budget_usd: null,
    cost_is_estimate: false,
    sandbox: null,
    activity_line: null,
    status: 'running',
    resolution: 'none',
    current_phase: 'development',
    iteration: 1,
    max_iterations: 3,
    branch: 'rangers/b-1',
    base_branch: 'main',
    base_commit: null,
    head_commit: null,
    failure_kind: null,
    error_message: null,
    result_summary: null,
    usage: { input: 0, output: 0, cache_read: 0, cache_write: 0 },
    cost_usd: null,
    files_changed: 0,
    additions: 0,
    deletions: 0,
    started_at: at(1),
    completed_at: null,
    created_at: at(number),
    updated_at: at(number),
    ...values,
  }
}

/** A board with three cards at the left and none at the right; the cursor stands at event 10. */
export function openedBoard(values: Partial<OpenedBoard> = {}): OpenedBoard {
  return {
    id: BOARD,
    name: 'Board',
    description: null,
    settings: {},
    key: 'B',
    project_id: null,
    archived_at: null,
    created_at: at(0),
    updated_at: at(0),
    project: null,
    columns: [column(LEFT, 1), column(RIGHT, 2)],
    labels: [],
    links: [],
    transitions: [],
    views: [],
    counts: [{ column_id: LEFT, count: 3 }],
    tasks: [task(1), task(2), task(3)].map(toTaskCard),
    blockers: [],
    executions: [],
    last_event_id: '10',
    ...values,
  }
}

export function executionEvent(sequence: number, body: ExecutionEventBody): ExecutionEvent {
  return {
    execution_id: ExecutionId.parse(uuid(501)),
    step_id: null,
    sequence,
    head: null,
    created_at: at(sequence),
    body,
  }
}

/** Four seconds of a developer who is done, from a moment in ms on. */
export function step(sequence: number, values: Partial<Step> = {}, startedAt = 0): Step {
  return Step.parse({
    id: uuid(700 + sequence),
    execution_id: uuid(501),
    sequence,
    phase: 'development',
    iteration: 1,
    status: 'completed',
    output_content: null,
    verdict: null,
    files_changed: [],
    head_commit: null,
    model: null,
    usage: { input: 0, output: 0, cache_read: 0, cache_write: 0 },
    cost_usd: null,
    duration_ms: 4_000,
    error_message: null,
    started_at: new Date(startedAt),
    completed_at: new Date(startedAt + 4_000),
    ...values,
  })
}
