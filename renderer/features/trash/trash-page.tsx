import { Columns3, SquareKanban, StickyNote, Trash2 } from 'lucide-react'
import { useDeferredValue, useState } from 'react'
import { TRASH_DAYS, type TrashItem } from '#shared/trash.ts'
import { texts } from '../../lib/texts/texts.ts'
import { useNow } from '../../lib/use-now.ts'
import { Button } from '../../ui/button.tsx'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { TextInput } from '../../ui/field.tsx'
import { EmptyState } from '../../ui/notice.tsx'
import styles from './put-away.module.css'
import { PutAwayPage, PutAwayRow } from './put-away-page.tsx'
import { useTrash } from './use-trash.ts'

const MINUTE_MS = 60_000

/** What was deleted, on all boards: it can be put back, or go for good. */
export function TrashPage() {
  const [text, setText] = useState('')
  const searched = useDeferredValue(text.trim())
  const { list, items, restore, purge } = useTrash(searched)
  const [asked, setAsked] = useState<TrashItem | 'all' | null>(null)
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
            {(items.length > 0 || text !== '') && (
              <TextInput
                type="search"
                aria-label={texts.trash.searchTrash}
                placeholder={texts.trash.nameKeyOrBoard}
                maxLength={200}
                value={text}
                onChange={(event) => setText(event.target.value)}
              />
            )}
          </>
        }
        words={{
          rows: texts.trash.deleted,
          loading: texts.trash.loadingTrash,
          failed: texts.trash.trashCouldNotRead,
        }}
        pages={list}
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
            key={`${item.kind} ${item.id}`}
            item={item}
            now={now}
            isPurging={purge.isPending}
            onRestore={() => restore.mutateAsync({ item })}
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
          {asked === 'all' && searched !== '' && <p>{texts.trash.alsoWhatIsNotFound}</p>}
          {texts.trash.cannotUndone}
        </ConfirmDialog>
      )}
    </>
  )
}

interface TrashRowProps {
  item: TrashItem
  now: number
  isPurging: boolean
  onRestore: () => Promise<unknown>
  onPurge: () => void
}

const ICONS = { board: <SquareKanban />, column: <Columns3 />, task: <StickyNote /> }
const KINDS = { board: texts.trash.board, column: texts.trash.column, task: texts.trash.card } as const

function TrashRow({ item, now, isPurging, onRestore, onPurge }: TrashRowProps) {
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
