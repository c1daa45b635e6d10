import { z } from 'zod'
import { ProviderId } from '#shared/provider.ts'
import { AgentRole, WorkflowCondition, type WorkflowNode } from '#shared/workflow.ts'
import type { WorkflowDraft } from './workflow-editor.tsx'

/** Steps as the editor can show them: names may be empty and lists too, for they are to be filled yet. */
const text = z.string().max(10_000)
const step = { id: text, name: text }
const Agent = z.strictObject({
  ...step,
  kind: z.literal('agent'),
  role: AgentRole,
  provider: ProviderId.optional(),
  model: text.optional(),
  instructions: text.optional(),
})
const nodes = z.lazy(() => z.array(Node).max(1000))
const Node: z.ZodType<WorkflowNode> = z.union([
  Agent,
  z.strictObject({ ...step, kind: z.literal('parallel'), branches: z.array(Agent).max(1000) }),
  z.strictObject({ ...step, kind: z.literal('condition'), when: WorkflowCondition, yes: nodes, no: nodes }),
  z.strictObject({
    ...step,
    kind: z.literal('loop'),
    until: WorkflowCondition,
    most: z.number().nullable(),
    body: nodes,
  }),
  z.strictObject({ ...step, kind: z.literal('gate'), question: text }),
])
const Kept = z.object({ name: text, definition: z.strictObject({ clarity: z.boolean(), nodes }) })

/** A draft as it was kept, with its gaps; null: none, or of another version of the app. */
export function parseKeptDraft(kept: string | null): WorkflowDraft | null {
  try {
    return Kept.parse(JSON.parse(kept ?? 'null'))
  } catch {
    return null
  }
}
