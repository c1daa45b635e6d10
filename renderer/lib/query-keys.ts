import type { UsageQuery } from '#shared/budget.ts'
import type { AttachmentId, BoardId, ExecutionId, ProjectId, TaskId } from '#shared/ids.ts'
import type { GetInsights } from '#shared/insights.ts'

/** Where each answer of the app lives in the query cache. */
export const keys = {
  boards: ['boards'] as const,
  board: (id: BoardId) => ['board', id] as const,
  /** What a board is made of, without most of its cards. */
  boardParts: (id: BoardId) => ['board-parts', id] as const,
  /** What is at work on all boards. */
  running: ['running'] as const,
  /** What waits for its turn, and why. */
  queue: ['queue'] as const,
  trash: (text: string) => ['trash', text] as const,
  archive: (boardId: BoardId, text: string) => ['archive', boardId, text] as const,
  templates: (boardId: BoardId | null) => ['templates', boardId] as const,
  /** A card with its bodies. */
  task: (id: TaskId) => ['task', id] as const,
  search: (text: string) => ['search', text] as const,
  insights: (input: GetInsights) => ['insights', input.board_id, input.from, input.to] as const,
  workflows: ['workflows'] as const,
  approvals: (id: ExecutionId | null, answered: boolean) => ['approvals', id, answered] as const,
  /** How many questions of agents wait. */
  pendingApprovals: ['pending-approvals'] as const,
  questions: (id: ExecutionId) => ['questions', id] as const,
  messages: (id: ExecutionId, stamp: number) => ['messages', id, stamp] as const,
  repositoryChanges: (id: ExecutionId, stamp: number) => ['repository-changes', id, stamp] as const,
  leftFiles: (id: ExecutionId, stamp: number) => ['left-files', id, stamp] as const,
  usage: (input: UsageQuery) => ['usage', input.by, input.from, input.to, input.board_id ?? null] as const,
  budgets: (boardId: BoardId | null) => ['budgets', boardId] as const,
  /** What bounds the calls of a run; each of its stops asks anew. */
  executionLimits: (id: ExecutionId, stamp: number) => ['budgets', 'execution', id, stamp] as const,
  prices: ['prices'] as const,
  policies: (boardId: BoardId) => ['policies', boardId] as const,
  permissionDefault: ['permission-default'] as const,
  unpriced: ['unpriced'] as const,
  people: ['people'] as const,
  me: ['me'] as const,
  comments: (taskId: TaskId) => ['comments', taskId] as const,
  attachments: (taskId: TaskId) => ['attachments', taskId] as const,
  attachedBytes: (id: AttachmentId) => ['attached-bytes', id] as const,
  projects: ['projects'] as const,
  projectPlace: (id: ProjectId) => ['project-place', id] as const,
  folder: (path: string) => ['folder', path] as const,
  activity: (boardId: BoardId, taskId: TaskId | null, actors: string) =>
    ['activity', boardId, taskId, actors] as const,
  changer: (taskId: TaskId, version: number, field: string) => ['changer', taskId, version, field] as const,
  executions: (taskId: TaskId) => ['executions', taskId] as const,
  execution: (id: ExecutionId) => ['execution', id] as const,
  diff: (id: ExecutionId) => ['diff', id] as const,
  patch: (id: ExecutionId, path: string, stamp: string) => ['diff', id, 'patch', path, stamp] as const,
  /** Of two rounds, or of the last two; `stamp` changes with the rounds that there are. */
  rounds: (id: ExecutionId, from: number | null, to: number | null, stamp: string) =>
    ['rounds', id, from, to, stamp] as const,
  roundPatch: (id: ExecutionId, from: number, to: number, path: string) =>
    ['rounds', id, from, to, 'patch', path] as const,
  revertPreview: (id: ExecutionId) => ['revert-preview', id] as const,
  halfMerged: ['half-merged'] as const,
  interruptedMerge: (id: ExecutionId, stamp: number) => ['interrupted-merge', id, stamp] as const,
  mergePreview: (id: ExecutionId) => ['merge-preview', id] as const,
  notifications: ['notifications'] as const,
  /** How many notifications are unread. */
  unread: ['unread'] as const,
  preferences: ['preferences'] as const,
  providers: ['providers'] as const,
  agentCatalogue: ['providers', 'catalogue'] as const,
  credential: ['credential'] as const,
  checks: ['checks'] as const,
  git: ['git'] as const,
  health: ['health'] as const,
  ready: ['ready'] as const,
  database: ['database'] as const,
  backups: ['backups'] as const,
}
