import type { BoardId, TaskId } from '#shared/ids.ts'
import { useOffers } from '../lib/actions/use-offers.ts'
import { copyText } from '../lib/copy-text.ts'
import { openInNewWindow } from '../lib/open-window.ts'
import { navigate, routeHash, useRoute } from '../lib/route.ts'
import { texts } from '../lib/texts/texts.ts'

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
  const copyKey = () => copyText(cardKey, texts.app.copied(cardKey))
  const copyLink = () => copyText(addressOf(boardId, taskId), texts.app.linkCopied(cardKey))
  const subject = () => cardKey
  useOffers({
    'card.full': {
      run: toggle,
      subject,
      title: isFull ? texts.app.showCardBesideBoard : texts.app.openCardAsPage,
    },
    'card.copy-key': { run: copyKey, subject },
    'card.copy-link': { run: copyLink, subject },
  })
  const openWindow = () => openInNewWindow({ page: 'board', boardId, taskId, isFull: true })
  return { isFull, toggle, copyKey, copyLink, openWindow }
}

/** Where a window of this app shows a card. */
function addressOf(boardId: BoardId, taskId: TaskId): string {
  return new URL(routeHash({ page: 'board', boardId, taskId, isFull: true }), location.href).href
}
