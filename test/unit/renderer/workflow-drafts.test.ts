import { describe, expect, it } from 'vitest'
import type { WorkflowDefinition } from '#shared/workflow.ts'
import { parseKeptDraft } from '../../../renderer/features/workflows/kept-draft.ts'
import { NEW_KINDS, newNode } from '../../../renderer/features/workflows/new-node.ts'

const NOTHING: WorkflowDefinition = { clarity: true, nodes: [] }

describe('a workflow that was edited and not saved', () => {
  it('comes back as it was left, also without a name and with steps that are not filled in', () => {
    const nodes = NEW_KINDS.map(({ kind }) => newNode(kind, NOTHING))
    const gaps: WorkflowDefinition = {
      clarity: false,
      nodes: [
        ...nodes,
        { kind: 'gate', id: 'gate', name: '', question: '' },
        { kind: 'loop', id: 'rounds', name: '', until: 'approved', most: null, body: [] },
        { kind: 'parallel', id: 'parallel', name: '', branches: [] },
      ],
    }
    for (const definition of [NOTHING, gaps]) {
      const draft = { name: '', definition }
      expect(parseKeptDraft(JSON.stringify(draft))).toEqual(draft)
    }
  })

  it.each([null, '', '{', '[]', '{"name":"x","definition":{"clarity":true,"nodes":[{"kind":"robot"}]}}'])(
    'is nothing where there is none, or of another version of the app: %s',
    (kept) => {
      expect(parseKeptDraft(kept)).toBeNull()
    },
  )
})
