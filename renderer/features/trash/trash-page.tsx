import { Columns3, SquareKanban, StickyNote, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { TRASH_DAYS, type TrashItem } from '#shared/trash.ts'
import { texts } from '../../lib/texts/texts.ts'
import { useNow } from '../../lib/use-now.ts'
import { Button } from '../../ui/button.tsx'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { EmptyState } from '../../ui/notice.tsx'
import styles from './put-away.module.css'
import { PutAwayPage, PutAwayRow } from './put-away-page.tsx'
import { useTrash } from './use-trash.ts'

const MINUTE_MS = 60_000

/** What was deleted, on all boards: it can be put back, or go for good. */
export function TrashPage() {
  const { list, items, restore, purge } = useTrash()
  const [asked, setAsked] = useState<TrashItem | 'all' | null>(null)
  const now = useNow(MINUTE_MS, true)
  const isBusy = restore.isPending || purge.isPending
  return (
    <>
      <PutAwayPage
        label={texts.trash.trash}
        title={texts.trash.trash}
        tools={
          <Button icon={<Trash2 />} disabled={items.length === 0 || isBusy} onClick={() => setAsked('all')}>
            {texts.trash.emptyTrash}
          </Button>
        }
        lead={<p className={styles.lead}>{texts.trash.whatDeletedKeptDays(TRASH_DAYS)}</p>}
        words={{
          rows: texts.trash.deleted,
          loading: texts.trash.loadingTrash,
          failed: texts.trash.trashCouldNotRead,
        }}
        pages={list}
        empty={
          <EmptyState icon={<Trash2 />} title={texts.trash.trashEmpty}>
            {texts.trash.boardsColumnsAndCards}
          </EmptyState>
        }
      >
        {items.map((item) => (
          <TrashRow
            key={`${item.kind} ${item.id}`}
            item={item}
            now={now}
            isBusy={isBusy}
            onRestore={() => restore.mutate({ item })}
            onPurge={() => setAsked(item)}
          />
        ))}
      </PutAwayPage>
      {asked !== null && (
        <ConfirmDialog
          title={asked === 'all' ? texts.trash.emptyTrashQuestion : texts.trash.deleteForGood(asked.name)}
          confirm={asked === 'all' ? texts.trash.emptyTrashNow : texts.trash.deleteForGoodNow}
          isDangerous
          onClose={() => setAsked(null)}
          onConfirm={() => {
            setAsked(null)
            purge.mutate(asked)
          }}
        >
          {texts.trash.cannotUndone}
        </ConfirmDialog>
      )}
    </>
  )
}

interface TrashRowProps {
  item: TrashItem
  now: number
  isBusy: boolean
  onRestore: () => void
  onPurge: () => void
}

const ICONS = { board: <SquareKanban />, column: <Columns3 />, task: <StickyNote /> }
const KINDS = { board: texts.trash.board, column: texts.trash.column, task: texts.trash.card } as const

function TrashRow({ item, now, isBusy, onRestore, onPurge }: TrashRowProps) {
  const { kind, key, name, board_name, card_count, deleted_at, deleted_by } = item
  return (
    <PutAwayRow
      icon={ICONS[kind]}
      name={kind === 'task' && key ? `${key} ${name}` : name}
      facts={[
        kind === 'board' ? texts.trash.board : texts.trash.of(KINDS[kind], board_name),
        card_count > 0 ? texts.trash.withCard(card_count) : '',
        texts.trash.deletedAgo(deleted_at, now, deleted_by?.name ?? null),
      ]}
      restoreName={texts.trash.restoreNamed(name)}
      isBusy={isBusy}
      onRestore={onRestore}
    >
      <Button
        size="small"
        variant="ghost"
        disabled={isBusy}
        onClick={onPurge}
        aria-label={texts.trash.deleteForGoodNamed(name)}
      >
        {texts.trash.deleteForGoodEntry}
      </Button>
    </PutAwayRow>
  )
}
