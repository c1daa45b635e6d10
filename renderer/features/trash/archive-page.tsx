import { Archive, ArrowLeft } from 'lucide-react'
import { useDeferredValue, useState } from 'react'
import type { BoardId } from '#shared/ids.ts'
import type { TaskCard } from '#shared/task.ts'
import { routeHash } from '../../lib/route.ts'
import { texts } from '../../lib/texts/texts.ts'
import { useNow } from '../../lib/use-now.ts'
import { Button } from '../../ui/button.tsx'
import { TextInput } from '../../ui/field.tsx'
import { EmptyState } from '../../ui/notice.tsx'
import { PageFrame, PageHead } from '../../ui/page-frame.tsx'
import { Row, RowList } from '../../ui/row-list.tsx'
import styles from './put-away.module.css'
import { useArchive } from './use-archive.ts'

const MINUTE_MS = 60_000

/** The cards of a board that were put away: kept as they are, out of the way. */
export function ArchivePage({ boardId }: { boardId: BoardId }) {
  const [text, setText] = useState('')
  const searched = useDeferredValue(text.trim())
  const { board, list, cards, restore } = useArchive(boardId, searched)
  const now = useNow(MINUTE_MS, true)
  const names = new Map(board?.columns.map(({ id, name }) => [id, name]))
  return (
    <PageFrame label={texts.trash.archive} width={860}>
      <PageHead title={board ? texts.trash.archiveOf(board.name) : texts.trash.archive}>
        <a href={routeHash({ page: 'board', boardId, taskId: null })} className={styles.back}>
          <ArrowLeft aria-hidden="true" size={12} /> {texts.trash.backBoard}
        </a>
      </PageHead>
      <TextInput
        type="search"
        aria-label={texts.trash.searchArchive}
        placeholder={texts.trash.titleOrNumber}
        maxLength={200}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <RowList
        label={texts.trash.archivedCards}
        loading={texts.trash.loadingArchive}
        pages={list}
        failed={texts.trash.archiveCouldNotRead}
        more={texts.trash.showOlder}
        empty={
          <EmptyState
            icon={<Archive />}
            title={searched === '' ? texts.trash.nothingArchived : texts.trash.noArchivedCardInTitle}
          >
            {texts.trash.archivedCardsLeaveBoard}
          </EmptyState>
        }
      >
        {cards.map((card) => (
          <ArchiveRow
            key={card.id}
            card={card}
            cardKey={`${board?.key ?? ''}-${card.number}`}
            columnName={names.get(card.column_id)}
            now={now}
            onRestore={() => restore.mutate({ card })}
          />
        ))}
      </RowList>
    </PageFrame>
  )
}

interface ArchiveRowProps {
  card: TaskCard
  cardKey: string
  columnName: string | undefined
  now: number
  onRestore: () => void
}

function ArchiveRow({ card, cardKey, columnName, now, onRestore }: ArchiveRowProps) {
  const facts = [
    columnName ? texts.trash.from(columnName) : '',
    card.archived_at ? texts.trash.archived(card.archived_at, now) : '',
  ].filter(Boolean)
  return (
    <Row name={`${cardKey} ${card.title}`} facts={facts}>
      <Button size="small" onClick={onRestore} aria-label={texts.trash.restoreCard(cardKey)}>
        {texts.trash.restore}
      </Button>
    </Row>
  )
}
