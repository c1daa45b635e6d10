import { useDraggable } from '@dnd-kit/core'
import clsx from 'clsx'
import { Plus } from 'lucide-react'
import { memo, useState } from 'react'
import type { Column } from '#shared/column.ts'
import { texts } from '../../lib/texts/texts.ts'
import { IconButton } from '../../ui/button.tsx'
import { EditableText } from '../../ui/editable-text.tsx'
import { useBoardScope } from './board-context.ts'
import styles from './column.module.css'
import { ColumnCount } from './column-count.tsx'
import { ColumnFlags } from './column-flags.tsx'
import { ColumnOptions } from './column-options.tsx'

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
export const ColumnHeader = memo(function ColumnHeader({
  column,
  count,
  shown,
  hint,
  onAdd,
}: ColumnHeaderProps) {
  const { actions, collapse } = useBoardScope()
  const [isRenaming, setRenaming] = useState(false)
  const { setNodeRef, listeners, attributes, isDragging } = useDraggable({
    id: `header:${column.id}`,
    data: { kind: 'column', column },
    disabled: isRenaming,
    attributes: { role: 'group', roleDescription: 'column' },
  })
  return (
    <header className={clsx(styles.header, isDragging && styles.dragged)}>
      {column.color && <span className={styles.colour} style={{ background: column.color }} />}
      {isRenaming ? (
        <EditableText
          label={texts.columns.nameColumn}
          value={column.name}
          maxLength={255}
          className={styles.name}
          onSave={(name) => void actions.updateColumn({ id: column.id, name })}
          onDone={() => setRenaming(false)}
        />
      ) : (
        // biome-ignore lint/a11y/noStaticElementInteractions: the handle of a column; its menu holds the same actions
        <div
          ref={setNodeRef}
          {...{
            ...attributes,
            'aria-label': texts.columns.columnCard(column.name, shown, count),
          }}
          {...listeners}
          className={styles.handle}
          onDoubleClick={() => setRenaming(true)}
        >
          <h2 className={styles.name} title={column.name} dir="auto">
            {column.name}
          </h2>
          <ColumnCount column={column} count={count} shown={shown} />
          <ColumnFlags column={column} />
        </div>
      )}
      {hint !== null && <span className={styles.hint}>{hint}</span>}
      <IconButton
        label={texts.columns.addCard(column.name)}
        size="small"
        className={hint === null ? undefined : styles.aside}
        onClick={onAdd}
      >
        <Plus />
      </IconButton>
      <ColumnOptions
        column={column}
        count={count}
        className={hint === null ? undefined : styles.aside}
        onAdd={onAdd}
        onRename={() => setRenaming(true)}
        onCollapse={() => collapse(column.id)}
      />
    </header>
  )
})
