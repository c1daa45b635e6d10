import { Archive, ArchiveRestore } from 'lucide-react'
import type { BoardState } from '../features/board/board-state.ts'
import { useArchiveOffers } from '../features/board/use-archive-offers.ts'
import { findOffer, runAction } from '../lib/actions/offers.ts'
import { useOffers } from '../lib/actions/use-offers.ts'
import { navigate } from '../lib/route.ts'
import { texts } from '../lib/texts/texts.ts'
import type { MenuEntry } from '../ui/menu.tsx'

/** The ways into the archive of a board, for its menu. */
export function usePutAway(state: BoardState): MenuEntry[] {
  const open = () => navigate({ page: 'archive', boardId: state.board.id })
  useArchiveOffers(state)
  useOffers({ 'board.archive': { run: open } })
  return [
    { kind: 'separator' },
    { label: texts.app.archivedCards, icon: <ArchiveRestore />, onSelect: open },
    {
      label: texts.app.archiveDoneCards,
      icon: <Archive />,
      isDisabled: findOffer('board.archive-done') === undefined,
      onSelect: () => runAction('board.archive-done'),
    },
  ]
}
