import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { Template } from '#shared/template.ts'
import { errorText } from '../../lib/error-text.ts'
import { keys } from '../../lib/query-keys.ts'
import { texts } from '../../lib/texts/texts.ts'
import { api } from '../../lib/trpc.ts'
import { showToast } from '../../ui/toast.tsx'
import { noteTemplateDeleted, noteTemplateRenamed } from './note-template.ts'

/** All templates, and what can be done with the own ones; each can be undone. */
export function useTemplates() {
  const cache = useQueryClient()
  const query = useQuery({ queryKey: keys.templates(null), queryFn: () => api.templates.list.query({}) })
  const onSettled = () => cache.invalidateQueries({ queryKey: ['templates'] })
  const failed = (title: string) => (error: Error) =>
    showToast({ tone: 'bad', title, text: errorText(error) })
  const rename = useMutation({
    mutationFn: ({ template, name }: { template: Template; name: string }) =>
      api.templates.update.mutate({ id: template.id, name }),
    onSuccess: (after, { template }) => noteTemplateRenamed(cache, template, after),
    onError: failed(texts.templates.templateNotRenamed),
    onSettled,
  })
  const remove = useMutation({
    mutationFn: (one: Template) => api.templates.delete.mutate({ id: one.id }),
    onSuccess: (_, one) =>
      showToast({
        title: texts.templates.templateDeleted(one.name),
        action: { label: texts.templates.undo, run: noteTemplateDeleted(cache, one) },
      }),
    onError: failed(texts.templates.templateNotDeleted),
    onSettled,
  })
  return { query, own: (query.data ?? []).filter((one) => !one.is_built_in), rename, remove }
}
