import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { Template, UpdateTemplate } from '#shared/template.ts'
import { errorText } from '../../lib/error-text.ts'
import { keys } from '../../lib/query-keys.ts'
import { api } from '../../lib/trpc.ts'
import { showToast } from '../../ui/toast.tsx'

/** All templates, and what can be done with the own ones. */
export function useTemplates() {
  const cache = useQueryClient()
  const query = useQuery({ queryKey: keys.templates(null), queryFn: () => api.templates.list.query({}) })
  const onSettled = () => cache.invalidateQueries({ queryKey: ['templates'] })
  const failed = (title: string) => (error: Error) =>
    showToast({ tone: 'bad', title, text: errorText(error) })
  const rename = useMutation({
    mutationFn: (input: UpdateTemplate) => api.templates.update.mutate(input),
    onError: failed('The template was not renamed'),
    onSettled,
  })
  const putBack = useMutation({
    mutationFn: (one: Template) => api.templates.create.mutate(asNew(one)),
    onError: failed('The template was not put back'),
    onSettled,
  })
  const remove = useMutation({
    mutationFn: (one: Template) => api.templates.delete.mutate({ id: one.id }),
    onSuccess: (_, one) =>
      showToast({
        title: `The template “${one.name}” was deleted`,
        // A template of a board is made of a board, which may have changed since.
        ...(one.kind === 'card' && { action: { label: 'Undo', run: () => putBack.mutate(one) } }),
      }),
    onError: failed('The template was not deleted'),
    onSettled,
  })
  return { query, own: (query.data ?? []).filter((one) => !one.is_built_in), rename, remove }
}

function asNew(one: Template) {
  if (one.kind === 'board') throw new Error('A template of a board is made of a board.')
  return { kind: one.kind, board_id: one.board_id, name: one.name, content: one.content }
}
