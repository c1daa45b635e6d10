import { useDroppable } from '@dnd-kit/core'
import clsx from 'clsx'
import { useCallback, useEffect, useRef } from 'react'
import type { Column } from '#shared/column.ts'
import { texts } from '../../lib/texts/texts.ts'
import { useBoardScope } from './board-context.ts'
import styles from './collapsed-column.module.css'
import { ColumnCount } from './column-count.tsx'
import type { ColumnHandles } from './column-handles.ts'
import { useColumnDrop } from './drag-store.ts'

interface CollapsedColumnProps {
  column: Column
  count: number
  handles: ColumnHandles
}

/** A column as a narrow strip: it opens at a press, and takes what is dropped on it at its end. */
export function CollapsedColumn(props: CollapsedColumnProps) {
  const { column, count, handles } = props
  const drop = useColumnDrop(column, count)
  const { collapse } = useBoardScope()
  const { setNodeRef } = useDroppable({ id: `column:${column.id}`, data: { columnId: column.id } })
  const strip = useRef<HTMLElement>(null)
  const setStrip = useCallback(
    (element: HTMLElement | null) => {
      strip.current = element
      setNodeRef(element)
    },
    [setNodeRef],
  )
  useEffect(() => {
    const rect = () => strip.current?.getBoundingClientRect() ?? new DOMRect()
    handles.set(column.id, {
      rect,
      indexAt: () => count,
      showIndex: () => {
        strip.current?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
        return { x: rect().left, y: rect().top }
      },
    })
    return () => {
      handles.delete(column.id)
    }
  }, [handles, column.id, count])
  return (
    <section
      ref={setStrip}
      className={clsx(styles.strip, drop.isTarget && styles.target, drop.isForbidden && styles.forbidden)}
      aria-label={column.name}
      data-column-id={column.id}
    >
      <button
        type="button"
        className={styles.open}
        aria-expanded={false}
        aria-label={texts.columns.expandCard(column.name, count)}
        title={texts.columns.expand(column.name)}
        onClick={() => collapse(column.id)}
      >
        {column.color && <span className={styles.colour} style={{ background: column.color }} />}
        <ColumnCount column={column} count={count} />
        <span className={styles.name} dir="auto">
          {column.name}
        </span>
      </button>
    </section>
  )
}
