import { useQuery } from '@tanstack/react-query'
import { MoreHorizontal } from 'lucide-react'
import { useState } from 'react'
import type { Column } from '#shared/column.ts'
import { keys } from '../../lib/query-keys.ts'
import { texts } from '../../lib/texts/texts.ts'
import { api } from '../../lib/trpc.ts'
import { IconButton } from '../../ui/button.tsx'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { Menu } from '../../ui/menu.tsx'
import { useBoardScope } from './board-context.ts'
import { columnMenu, shiftsOf } from './column-menu.tsx'
import { ColumnSwatches } from './column-swatches.tsx'
import { useBulkActions } from './use-bulk-actions.ts'
import { WipLimitDialog } from './wip-limit-dialog.tsx'

interface ColumnOptionsProps {
  column: Column
  /** Cards that it holds. */
  count: number
  className?: string | undefined
  onAdd: () => void
  onRename: () => void
  /** Null: columns are not narrowed where this stands. */
  onCollapse: (() => void) | null
}

/** The menu of a column, with what it asks. */
export function ColumnOptions({ column, count, className, onAdd, onRename, onCollapse }: ColumnOptionsProps) {
  const { boardId, actions, columns, moves } = useBoardScope()
  const bulk = useBulkActions(boardId)
  const [open, setOpen] = useState<'limit' | 'delete' | null>(null)
  const close = () => setOpen(null)
  const [isReading, setReading] = useState(false)
  const workflows = useQuery({
    queryKey: keys.workflows,
    queryFn: () => api.workflows.list.query(),
    enabled: isReading,
  })
  const remove = () => {
    if (count > 0) setOpen('delete')
    else void actions.deleteColumn(column)
  }
  return (
    <>
      <Menu
        align="end"
        header={
          <ColumnSwatches
            column={column}
            onPick={(color) => void actions.updateColumn({ id: column.id, color })}
          />
        }
        entries={() =>
          columnMenu(column, {
            change: (values) => void actions.updateColumn({ id: column.id, ...values }),
            add: onAdd,
            collapse: onCollapse,
            shift: shiftsOf(column, columns, moves.moveColumn),
            rename: onRename,
            limit: () => setOpen('limit'),
            archive: count > 0 ? () => void bulk.archiveColumn(column.id) : null,
            remove,
            workflows: workflows.data ?? [],
          })
        }
        onOpenChange={setReading}
      >
        <IconButton
          label={texts.columns.options(column.name)}
          size="small"
          hasTooltip={false}
          className={className}
        >
          <MoreHorizontal />
        </IconButton>
      </Menu>
      {open === 'limit' && <WipLimitDialog column={column} onClose={close} />}
      {open === 'delete' && (
        <ConfirmDialog
          title={texts.columns.delete(column.name)}
          confirm={texts.columns.deleteColumn}
          isDangerous
          onClose={close}
          onConfirm={() => {
            close()
            void actions.deleteColumn(column)
          }}
        >
          {texts.columns.holdsCardWhichGoes(count)}
        </ConfirmDialog>
      )}
    </>
  )
}
