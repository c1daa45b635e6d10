import { z } from 'zod'
import { AgentState } from './agent-state.ts'
import { LabelId } from './ids.ts'
import { Priority } from './task.ts'

export const SortKey = z.enum(['manual', 'priority', 'due', 'created', 'updated', 'title', 'estimate'])
export type SortKey = z.infer<typeof SortKey>

/** What to show of a board and how. The address of a window holds it, and a saved view. */
export const BoardQuery = z.strictObject({
  /** Words that the title or the key must hold. */
  text: z.string().max(200).default(''),
  label_ids: z.array(LabelId).max(500).default([]),
  label_mode: z.enum(['any', 'all']).default('any'),
  priorities: z.array(z.enum([...Priority.options, 'none'])).default([]),
  /** As `Task.assigned_to`; `none` is nobody, `me` the person who looks. */
  assignees: z.array(z.string().min(1).max(100)).max(100).default([]),
  agent_states: z.array(AgentState).default([]),
  /** `week`: today or in the next six days. */
  due: z.enum(['any', 'overdue', 'today', 'week', 'none']).default('any'),
  blocked: z.enum(['any', 'blocked', 'free']).default('any'),
  sort: z
    .strictObject({ by: SortKey, direction: z.enum(['asc', 'desc']) })
    .default({ by: 'manual', direction: 'asc' }),
  /** On the board drawn as swimlanes, in the table as groups. */
  group_by: z.enum(['none', 'column', 'priority', 'label', 'assignee']).default('none'),
  view: z.enum(['board', 'table', 'timeline', 'insights']).default('board'),
})
export type BoardQuery = z.infer<typeof BoardQuery>

export const DEFAULT_QUERY: BoardQuery = BoardQuery.parse({})

/** The part of the query that leaves cards out: the rest only arranges them. */
export function isFiltering(query: BoardQuery): boolean {
  const { text, label_ids, priorities, assignees, agent_states, due, blocked } = query
  const lists = [label_ids, priorities, assignees, agent_states]
  return text.trim() !== '' || lists.some((list) => list.length > 0) || due !== 'any' || blocked !== 'any'
}
