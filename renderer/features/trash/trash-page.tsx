import { Columns3, SquareKanban, StickyNote, Trash2 } from 'lucide-react'
import { useDeferredValue, useState } from 'react'
import { TRASH_DAYS, type TrashItem } from '#shared/trash.ts'
import { texts } from '../../lib/texts/texts.ts'
import { useNow } from '../../lib/use-now.ts'
import { Button } from '../../ui/button.tsx'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { EmptyState } from '../../ui/notice.tsx'
import styles from './put-away.module.css'
import { PutAwayPage, PutAwayRow } from './put-away-page.tsx'
import { PutAwaySearch } from './put-away-search.tsx'
import { type RowSelection, useRowSelection } from './use-row-selection.ts'
import { useTrash } from './use-trash.ts'

const MINUTE_MS = 60_000

/** What was deleted, on all boards: it can be put back, or go for good. */
export function TrashPage() {
  const [text, setText] = useState('')
  const searched = useDeferredValue(text.trim())
  const { list, items, restore, purge } = useTrash(searched)
  const [asked, setAsked] = useState<readonly TrashItem[] | 'all' | null>(null)
  const selection = useRowSelection(items.map(rowOf))
  const selected = items.filter((item) => selection.ids.has(rowOf(item)))
  const now = useNow(MINUTE_MS, true)
  return (
    <>
      <PutAwayPage
        label={texts.trash.trash}
        title={texts.trash.trash}
        tools={
          <Button
            icon={<Trash2 />}
            disabled={items.length === 0 && searched === ''}
            isBusy={purge.isPending}
            onClick={() => setAsked('all')}
          >
            {texts.trash.emptyTrash}
          </Button>
        }
        lead={
          <>
            <p className={styles.lead}>{texts.trash.whatDeletedKeptDays(TRASH_DAYS)}</p>
            {(items.length > 0 || text !== '') && <PutAwaySearch of="trash" text={text} onChange={setText} />}
          </>
        }
        words={{
          rows: texts.trash.deleted,
          loading: texts.trash.loadingTrash,
          failed: texts.trash.trashCouldNotRead,
        }}
        pages={list}
        selection={selection}
        onRestore={() => restore.mutateAsync({ items: selected })}
        actions={
          <Button
            size="small"
            onClick={() => !purge.isPending && setAsked(selected)}
            aria-label={texts.trash.deleteSelectedForGood(selected.length)}
          >
            {texts.trash.deleteForGoodEntry}
          </Button>
        }
        empty={
          <EmptyState
            icon={<Trash2 />}
            title={searched === '' ? texts.trash.trashEmpty : texts.trash.nothingDeletedIsCalled}
          >
            {texts.trash.boardsColumnsAndCards}
          </EmptyState>
        }
      >
        {items.map((item) => (
          <TrashRow
            key={rowOf(item)}
            selection={selection}
            item={item}
            now={now}
            isPurging={purge.isPending}
            onRestore={() => restore.mutateAsync({ items: [item] })}
            onPurge={() => setAsked([item])}
          />
        ))}
      </PutAwayPage>
      {asked !== null && (
        <ConfirmDialog
          title={questionOf(asked)}
          confirm={asked === 'all' ? texts.trash.emptyTrashNow : texts.trash.deleteForGoodNow}
          isDangerous
          onClose={() => setAsked(null)}
          onConfirm={() => {
            setAsked(null)
            purge.mutate(asked)
          }}
        >
          {asked === 'all' && searched !== '' && <p>{texts.trash.alsoWhatIsNotFound}</p>}
          {texts.trash.cannotUndone}
        </ConfirmDialog>
      )}
    </>
  )
}

function rowOf({ kind, id }: TrashItem): string {
  return `${kind} ${id}`
}

function questionOf(asked: readonly TrashItem[] | 'all'): string {
  if (asked === 'all') return texts.trash.emptyTrashQuestion
  const [only, another] = asked
  return only && !another ? texts.trash.deleteForGood(only.name) : texts.trash.deleteManyForGood(asked.length)
}

interface TrashRowProps {
  selection: RowSelection
  item: TrashItem
  now: number
  isPurging: boolean
  onRestore: () => Promise<unknown>
  onPurge: () => void
}

const ICONS = { board: <SquareKanban />, column: <Columns3 />, task: <StickyNote /> }
const KINDS = { board: texts.trash.board, column: texts.trash.column, task: texts.trash.card } as const

function TrashRow({ item, selection, now, isPurging, onRestore, onPurge }: TrashRowProps) {
  const { kind, key, name, board_name, card_count, deleted_at, deleted_by } = item
  return (
    <PutAwayRow
      id={rowOf(item)}
      selection={selection}
      icon={ICONS[kind]}
      name={kind === 'task' && key ? `${key} ${name}` : name}
      facts={[
        kind === 'board' ? texts.trash.board : texts.trash.of(KINDS[kind], board_name),
        card_count > 0 ? texts.trash.withCard(card_count) : '',
        texts.trash.deletedAgo(deleted_at, now, deleted_by?.name ?? null),
      ]}
      restoreName={texts.trash.restoreNamed(name)}
      onRestore={onRestore}
    >
      <Button
        size="small"
        variant="ghost"
        onClick={() => !isPurging && onPurge()}
        aria-label={texts.trash.deleteForGoodNamed(name)}
      >
        {texts.trash.deleteForGoodEntry}
      </Button>
    </PutAwayRow>
  )
}
