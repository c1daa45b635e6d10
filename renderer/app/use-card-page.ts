import type { BoardId, TaskId } from '#shared/ids.ts'
import { useOffers } from '../lib/actions/use-offers.ts'
import { navigate, routeHash, useRoute } from '../lib/route.ts'
import { showToast } from '../ui/toast.tsx'

interface CardPlace {
  boardId: BoardId
  taskId: TaskId
  cardKey: string
}

/** Whether the open card is a page of its own, the way from one to the other, and its address. */
export function useCardPage({ boardId, taskId, cardKey }: CardPlace) {
  const route = useRoute()
  const isFull = route.page === 'board' && route.isFull === true
  const toggle = () => navigate({ page: 'board', boardId, taskId, isFull: !isFull })
  const copyKey = () => copy(cardKey, `${cardKey} copied`)
  const copyLink = () => copy(addressOf(boardId, taskId), `Link to ${cardKey} copied`)
  const subject = () => cardKey
  useOffers({
    'card.full': {
      run: toggle,
      subject,
      title: isFull ? 'Show card beside its board' : 'Open card as a page',
    },
    'card.copy-key': { run: copyKey, subject },
    'card.copy-link': { run: copyLink, subject },
  })
  return { isFull, toggle, copyKey, copyLink }
}

/** Where a window of this app shows a card. */
function addressOf(boardId: BoardId, taskId: TaskId): string {
  return new URL(routeHash({ page: 'board', boardId, taskId, isFull: true }), location.href).href
}

function copy(text: string, told: string): void {
  void navigator.clipboard.writeText(text).then(
    () => showToast({ tone: 'good', title: told }),
    () => showToast({ tone: 'bad', title: 'The clipboard is not available' }),
  )
}
