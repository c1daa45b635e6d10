import { useDraggable } from '@dnd-kit/core'
import clsx from 'clsx'
import { CircleCheck, Eye, Inbox, MoreHorizontal, Plus, Zap } from 'lucide-react'
import { useState } from 'react'
import type { Column } from '#shared/column.ts'
import { plural } from '../../lib/format.ts'
import { IconButton } from '../../ui/button.tsx'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { EditableText } from '../../ui/editable-text.tsx'
import { Menu } from '../../ui/menu.tsx'
import { Tooltip } from '../../ui/tooltip.tsx'
import { useBoardScope } from './board-context.ts'
import styles from './column.module.css'
import { ColumnCount } from './column-count.tsx'
import { columnMenu, shiftsOf } from './column-menu.tsx'
import { ColumnSwatches } from './column-swatches.tsx'
import { useBulkActions } from './use-bulk-actions.ts'
import { WipLimitDialog } from './wip-limit-dialog.tsx'

interface ColumnHeaderProps {
  column: Column
  count: number
  /** How many of them the filter shows; null: all. */
  shown: number | null
  /** What dropping the dragged card here would mean. */
  hint: string | null
  onAdd: () => void
}

/** Name, count, flags and menu of a column; also its handle for dragging. */
export function ColumnHeader({ column, count, shown, hint, onAdd }: ColumnHeaderProps) {
  const { boardId, actions, columns, moves, collapse } = useBoardScope()
  const bulk = useBulkActions(boardId)
  const [open, setOpen] = useState<'rename' | 'limit' | 'delete' | null>(null)
  const { setNodeRef, listeners, attributes, isDragging } = useDraggable({
    id: `header:${column.id}`,
    data: { kind: 'column', column },
    disabled: open === 'rename',
    attributes: { role: 'group', roleDescription: 'column' },
  })
  const remove = () => {
    if (count > 0) setOpen('delete')
    else void actions.deleteColumn(column)
  }
  return (
    <header className={clsx(styles.header, isDragging && styles.dragged)}>
      {column.color && <span className={styles.colour} style={{ background: column.color }} />}
      {open === 'rename' ? (
        <EditableText
          label="Name of the column"
          value={column.name}
          maxLength={255}
          className={styles.name}
          onSave={(name) => void actions.updateColumn({ id: column.id, name })}
          onDone={() => setOpen(null)}
        />
      ) : (
        // biome-ignore lint/a11y/noStaticElementInteractions: the handle of a column; its menu holds the same actions
        <div
          ref={setNodeRef}
          {...{
            ...attributes,
            'aria-label': `Column ${column.name}, ${shown === null ? '' : `${shown} of `}${plural(count, 'card')}`,
          }}
          {...listeners}
          className={styles.handle}
          onDoubleClick={() => setOpen('rename')}
        >
          <h2 className={styles.name} title={column.name} dir="auto">
            {column.name}
          </h2>
          <ColumnCount column={column} count={count} shown={shown} />
          <Flags column={column} />
        </div>
      )}
      {hint !== null && <span className={styles.hint}>{hint}</span>}
      <IconButton
        label={`Add a card to ${column.name}`}
        size="small"
        className={hint === null ? undefined : styles.aside}
        onClick={onAdd}
      >
        <Plus />
      </IconButton>
      <Menu
        align="end"
        header={
          <ColumnSwatches
            column={column}
            onPick={(color) => void actions.updateColumn({ id: column.id, color })}
          />
        }
        entries={columnMenu(column, {
          change: (values) => void actions.updateColumn({ id: column.id, ...values }),
          add: onAdd,
          collapse: () => collapse(column.id),
          shift: shiftsOf(column, columns, moves.moveColumn),
          rename: () => setOpen('rename'),
          limit: () => setOpen('limit'),
          archive: count > 0 ? () => void bulk.archiveColumn(column.id) : null,
          remove,
        })}
      >
        <IconButton
          label={`Options of ${column.name}`}
          size="small"
          hasTooltip={false}
          className={hint === null ? undefined : styles.aside}
        >
          <MoreHorizontal />
        </IconButton>
      </Menu>
      {open === 'limit' && <WipLimitDialog column={column} onClose={() => setOpen(null)} />}
      {open === 'delete' && (
        <ConfirmDialog
          title={`Delete “${column.name}”?`}
          confirm="Delete column"
          isDangerous
          onClose={() => setOpen(null)}
          onConfirm={() => {
            setOpen(null)
            void actions.deleteColumn(column)
          }}
        >
          It holds {plural(count, 'card')}, which {count === 1 ? 'goes' : 'go'} to the trash with it. You can
          undo this.
        </ConfirmDialog>
      )}
    </header>
  )
}

const FLAGS = [
  { key: 'triggers_agents', text: 'Starts agents', icon: <Zap aria-label="Starts agents" /> },
  { key: 'is_start_column', text: 'New cards start here', icon: <Inbox aria-label="New cards start here" /> },
  {
    key: 'is_review_column',
    text: 'Finished work waits here for you',
    icon: <Eye aria-label="Review column" />,
  },
  { key: 'is_end_column', text: 'Merged work goes here', icon: <CircleCheck aria-label="Done column" /> },
] as const

/** What the column is for; the lightning is the one that changes what a drop does. */
function Flags({ column }: { column: Column }) {
  return FLAGS.filter((flag) => column[flag.key]).map((flag) => (
    <Tooltip key={flag.key} text={flag.text}>
      <span className={clsx(styles.flag, flag.key === 'triggers_agents' && styles.acts)}>{flag.icon}</span>
    </Tooltip>
  ))
}
