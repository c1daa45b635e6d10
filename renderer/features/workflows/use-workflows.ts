import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { Workflow } from '#shared/workflow.ts'
import { errorText } from '../../lib/error-text.ts'
import { keys } from '../../lib/query-keys.ts'
import { texts } from '../../lib/texts/texts.ts'
import { api } from '../../lib/trpc.ts'
import { callStep } from '../../lib/undo/call-step.ts'
import { currentPlace } from '../../lib/undo/current-place.ts'
import { recordStep } from '../../lib/undo/undo-store.ts'
import { showToast } from '../../ui/toast.tsx'
import type { WorkflowDraft } from './workflow-editor.tsx'

/** The workflows that people made, archived ones too. */
export function useWorkflows() {
  return useQuery({ queryKey: keys.workflows, queryFn: () => api.workflows.list.query() })
}

/** What can be done with them; archiving can be undone, every version is kept. */
export function useWorkflowActions(on: {
  onCreated: (workflow: Workflow) => void
  onSaved: (workflow: Workflow, draft: WorkflowDraft) => void
}) {
  const cache = useQueryClient()
  const onSettled = () => cache.invalidateQueries({ queryKey: keys.workflows })
  const failed = (title: string) => (error: Error) =>
    showToast({ tone: 'bad', title, text: errorText(error) })
  const setArchived = async (id: Workflow['id'], archived: boolean) => {
    await api.workflows.archive.mutate({ id, archived })
    await onSettled()
  }
  const create = useMutation({
    mutationFn: (draft: WorkflowDraft) => api.workflows.create.mutate(draft),
    onSuccess: on.onCreated,
    onError: failed(texts.workflows.workflowNotCreated),
    onSettled,
  })
  const save = useMutation({
    mutationFn: ({ workflow, draft }: { workflow: Workflow; draft: WorkflowDraft }) =>
      api.workflows.update.mutate({ id: workflow.id, version: workflow.version, ...draft }),
    onSuccess: (workflow, { draft }) => {
      on.onSaved(workflow, draft)
      showToast({
        title: texts.workflows.savedAsVersion(workflow.version),
        text: texts.workflows.runsBegunKeepTheirs,
      })
    },
    onError: failed(texts.workflows.workflowNotSaved),
    onSettled,
  })
  const archive = useMutation({
    mutationFn: ({ workflow, archived }: { workflow: Workflow; archived: boolean }) =>
      setArchived(workflow.id, archived),
    onSuccess: (_, { workflow, archived }) => {
      const back = callStep(
        () => setArchived(workflow.id, !archived),
        () => setArchived(workflow.id, archived),
      )
      const title = texts.workflows.archivedRestoredWorkflow(archived, workflow.name)
      const run = recordStep(currentPlace(), title, back)
      showToast({
        title: texts.workflows.archivedRestored(workflow.name, archived),
        action: { label: texts.workflows.undo, run },
      })
    },
    onError: failed(texts.workflows.didNotWork),
  })
  return { create, save, archive }
}
