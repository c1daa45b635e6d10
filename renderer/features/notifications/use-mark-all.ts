import { MOST_MARKED } from '#shared/notification.ts'
import { texts } from '../../lib/texts/texts.ts'
import { api } from '../../lib/trpc.ts'
import type { CallStep } from '../../lib/undo/history.ts'
import { recordStep } from '../../lib/undo/undo-store.ts'
import { useAction } from '../../lib/use-action.ts'
import { showToast } from '../../ui/toast.tsx'

/** Marks everything as read; what was unread can be so again. */
export function useMarkAll(): () => void {
  const { mutate } = useAction(() => api.notifications.markRead.mutate({ all: true }), {
    failed: texts.inbox.notMarked,
    onSuccess: ({ marked }) => {
      if (marked.length === 0) return
      const undo = recordStep('window', texts.inbox.didMarkAll(marked.length), markStep(marked, 'markUnread'))
      showToast({
        tone: 'good',
        title: texts.inbox.markedAll(marked.length),
        action: { label: texts.inbox.undo, run: undo },
      })
    },
  })
  return () => mutate()
}

/** Marks these, and gives the step that takes it back. */
function markStep(ids: readonly string[], mark: 'markRead' | 'markUnread'): CallStep {
  return {
    kind: 'call',
    run: async () => {
      for (let start = 0; start < ids.length; start += MOST_MARKED)
        await api.notifications[mark].mutate({ ids: ids.slice(start, start + MOST_MARKED) })
      return markStep(ids, mark === 'markRead' ? 'markUnread' : 'markRead')
    },
  }
}
