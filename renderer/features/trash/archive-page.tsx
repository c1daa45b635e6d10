import { Archive, ArrowLeft } from 'lucide-react'
import { useDeferredValue, useState } from 'react'
import type { BoardId } from '#shared/ids.ts'
import { routeHash } from '../../lib/route.ts'
import { texts } from '../../lib/texts/texts.ts'
import { useNow } from '../../lib/use-now.ts'
import { EmptyState } from '../../ui/notice.tsx'
import styles from './put-away.module.css'
import { PutAwayPage, PutAwayRow } from './put-away-page.tsx'
import { PutAwaySearch } from './put-away-search.tsx'
import { useArchive } from './use-archive.ts'
import { useRowSelection } from './use-row-selection.ts'

const MINUTE_MS = 60_000

/** The cards of a board that were put away: kept as they are, out of the way. */
export function ArchivePage({ boardId }: { boardId: BoardId }) {
  const [text, setText] = useState('')
  const searched = useDeferredValue(text.trim())
  const { board, list, cards, restoreAll } = useArchive(boardId, searched)
  const now = useNow(MINUTE_MS, true)
  const selection = useRowSelection(cards.map(({ id }) => id))
  const names = new Map(board?.columns.map(({ id, name }) => [id, name]))
  return (
    <PutAwayPage
      label={texts.trash.archive}
      title={board ? texts.trash.archiveOf(board.name) : texts.trash.archive}
      tools={
        <a href={routeHash({ page: 'board', boardId, taskId: null })} className={styles.back}>
          <ArrowLeft aria-hidden="true" size={12} /> {texts.trash.backBoard}
        </a>
      }
      lead={<PutAwaySearch of="archive" text={text} onChange={setText} />}
      words={{
        rows: texts.trash.archivedCards,
        loading: texts.trash.loadingArchive,
        failed: texts.trash.archiveCouldNotRead,
      }}
      pages={list}
      selection={selection}
      onRestore={() => restoreAll(cards.filter(({ id }) => selection.ids.has(id)))}
      empty={
        <EmptyState
          icon={<Archive />}
          title={searched === '' ? texts.trash.nothingArchived : texts.trash.noArchivedCardInTitle}
        >
          {texts.trash.archivedCardsLeaveBoard}
        </EmptyState>
      }
    >
      {cards.map((card) => {
        const cardKey = `${board?.key ?? ''}-${card.number}`
        const columnName = names.get(card.column_id)
        return (
          <PutAwayRow
            key={card.id}
            id={card.id}
            selection={selection}
            name={`${cardKey} ${card.title}`}
            facts={[
              columnName ? texts.trash.from(columnName) : '',
              card.archived_at ? texts.trash.archived(card.archived_at, now) : '',
            ]}
            restoreName={texts.trash.restoreCard(cardKey)}
            onRestore={() => restoreAll([card])}
          />
        )
      })}
    </PutAwayPage>
  )
}
