import type { BoardId } from '#shared/ids.ts'
import type { CreateLink, TaskLink } from '#shared/task-link.ts'
import { texts } from '../../lib/texts/texts.ts'
import { api } from '../../lib/trpc.ts'
import { callStep } from '../../lib/undo/call-step.ts'
import { recordStep } from '../../lib/undo/undo-store.ts'
import { useAction } from '../../lib/use-action.ts'
import { showToast } from '../../ui/toast.tsx'

export interface LinkNews {
  onLinked: (link: TaskLink) => void
  onUnlinked: (link: TaskLink) => void
}

/** Makes and takes away links of cards; both can be undone. */
export function useLinks(boardId: BoardId, known: readonly TaskLink[], { onLinked, onUnlinked }: LinkNews) {
  const remove = async (link: TaskLink) => {
    await api.links.delete.mutate({ id: link.id })
    onUnlinked(link)
  }
  const restore = async ({ id, task_id, other_task_id, kind }: TaskLink) =>
    onLinked(await api.links.create.mutate({ id, task_id, other_task_id, kind }))

  const create = useAction((input: CreateLink) => api.links.create.mutate(input), {
    failed: texts.links.cardsNotLinked,
    onSuccess: (link) => {
      onLinked(link)
      // What was said already is not undone.
      if (known.some(({ id }) => id === link.id)) return
      recordStep(
        boardId,
        texts.links.linkedTwoCards,
        callStep(
          () => remove(link),
          () => restore(link),
        ),
      )
    },
  })
  const drop = useAction(remove, {
    failed: texts.links.linkNotRemoved,
    onSuccess: (_, link) => {
      const step = callStep(
        () => restore(link),
        () => remove(link),
      )
      const undo = recordStep(boardId, texts.links.removedLink, step)
      showToast({ title: texts.links.linkRemoved, action: { label: texts.links.undo, run: undo } })
    },
  })
  return { create: create.mutate, remove: drop.mutate }
}
