import { Plus } from 'lucide-react'
import { useState } from 'react'
import type { Column } from '#shared/column.ts'
import { texts } from '../../lib/texts/texts.ts'
import { IconButton } from '../../ui/button.tsx'
import { EditableText } from '../../ui/editable-text.tsx'
import { AddCard } from './add-card.tsx'
import { useBoardScope } from './board-context.ts'
import { ColumnCount } from './column-count.tsx'
import { ColumnFlags } from './column-flags.tsx'
import { ColumnOptions } from './column-options.tsx'
import { isFull } from './drop-rule.ts'
import styles from './lanes-view.module.css'

interface LaneColumnHeadProps {
  column: Column
  /** Cards that it holds, those that are not shown too. */
  count: number
  /** How many of them the filter shows; null: all. */
  shown: number | null
  isAdding: boolean
  onAdding: (isAdding: boolean) => void
}

/** The head of a column above all lanes, with its menu and where a card is written. */
export function LaneColumnHead({ column, count, shown, isAdding, onAdding }: LaneColumnHeadProps) {
  const { actions } = useBoardScope()
  const [isRenaming, setRenaming] = useState(false)
  return (
    <section className={styles.columnHead} aria-label={column.name} data-column-id={column.id}>
      <div className={styles.columnLine}>
        {column.color && (
          <span className={styles.colour} style={{ background: column.color }} aria-hidden="true" />
        )}
        {isRenaming ? (
          <EditableText
            label={texts.columns.nameColumn}
            value={column.name}
            maxLength={255}
            className={styles.columnName}
            onSave={(name) => void actions.updateColumn({ id: column.id, name })}
            onDone={() => setRenaming(false)}
          />
        ) : (
          <h2 className={styles.columnName} title={column.name} dir="auto">
            {column.name}
          </h2>
        )}
        <ColumnCount column={column} count={count} shown={shown} />
        <ColumnFlags column={column} />
        <span className={styles.columnTools}>
          <IconButton
            data-add-card
            label={texts.columns.addCard(column.name)}
            size="small"
            onClick={() => onAdding(true)}
          >
            <Plus />
          </IconButton>
          <ColumnOptions
            column={column}
            count={count}
            onAdd={() => onAdding(true)}
            onRename={() => setRenaming(true)}
            onCollapse={null}
          />
        </span>
      </div>
      {isAdding && <AddCard column={column} isFull={isFull(column, count)} isOpen onOpenChange={onAdding} />}
    </section>
  )
}
