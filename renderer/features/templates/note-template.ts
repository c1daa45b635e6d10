import type { QueryClient } from '@tanstack/react-query'
import type { RestoreTemplate, Template } from '#shared/template.ts'
import { texts } from '../../lib/texts/texts.ts'
import { api } from '../../lib/trpc.ts'
import { callStep, editStep } from '../../lib/undo/call-step.ts'
import { currentPlace } from '../../lib/undo/current-place.ts'
import { recordStep } from '../../lib/undo/undo-store.ts'

/** What changes templates again, and shows it. */
function hands(cache: QueryClient, template: Template) {
  const shown = async (done: Promise<unknown>) => {
    await done
    await cache.invalidateQueries({ queryKey: ['templates'] })
  }
  return {
    remove: () => shown(api.templates.delete.mutate({ id: template.id })),
    restore: () => shown(api.templates.restore.mutate(asKept(template))),
    rename: ({ name }: { name: string }) => shown(api.templates.update.mutate({ id: template.id, name })),
  }
}

/** Of a template that was just saved; the answer takes it away again. */
export function noteTemplateSaved(cache: QueryClient, template: Template): () => void {
  const { remove, restore } = hands(cache, template)
  return recordStep(currentPlace(), texts.templates.savedTemplate(template.name), callStep(remove, restore))
}

/** The answer brings it back. */
export function noteTemplateDeleted(cache: QueryClient, template: Template): () => void {
  const { remove, restore } = hands(cache, template)
  return recordStep(currentPlace(), texts.templates.deletedTemplate(template.name), callStep(restore, remove))
}

export function noteTemplateRenamed(cache: QueryClient, before: Template, after: Template): void {
  const step = editStep(
    {
      name: texts.templates.template(after.name),
      read: async () => (await api.templates.list.query({})).find(({ id }) => id === after.id),
      write: hands(cache, after).rename,
    },
    { name: before.name },
    { name: after.name },
  )
  recordStep(currentPlace(), texts.templates.renamedTemplate(before.name), step)
}

function asKept(template: Template): RestoreTemplate {
  const { id, name } = template
  return template.kind === 'card'
    ? { id, name, kind: 'card', board_id: template.board_id, content: template.content }
    : { id, name, kind: 'board', board_id: null, content: template.content }
}
