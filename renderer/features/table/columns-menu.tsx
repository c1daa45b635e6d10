import { Columns3Cog } from 'lucide-react'
import { texts } from '../../lib/texts/texts.ts'
import { Button } from '../../ui/button.tsx'
import { Menu } from '../../ui/menu.tsx'
import { TABLE_COLUMNS, type TableLayout } from './table-column.ts'

interface ColumnsMenuProps {
  layout: TableLayout
  onLayout: (layout: TableLayout) => void
}

/** Which columns the table shows. */
export function ColumnsMenu({ layout, onLayout }: ColumnsMenuProps) {
  const { hidden } = layout
  const toggled = (key: string) =>
    hidden.includes(key) ? hidden.filter((one) => one !== key) : [...hidden, key]
  return (
    <Menu
      align="end"
      entries={TABLE_COLUMNS.filter(({ isFixed }) => !isFixed).map(({ key, title }) => ({
        label: title,
        isChecked: !hidden.includes(key),
        onSelect: () => onLayout({ ...layout, hidden: toggled(key) }),
      }))}
    >
      <Button variant="ghost" size="small" icon={<Columns3Cog />} aria-label={texts.table.columnsTable}>
        {texts.table.columns}
      </Button>
    </Menu>
  )
}
