import { Copy, MoreHorizontal, Trash2, X } from 'lucide-react'
import { IconButton } from '../../ui/button.tsx'
import { Menu } from '../../ui/menu.tsx'
import { showToast } from '../../ui/toast.tsx'
import styles from './task.module.css'

interface TaskHeaderProps {
  cardKey: string
  columnName: string
  onDelete: () => void
  onClose: () => void
}

/** Which card this is, and the way out. */
export function TaskHeader({ cardKey, columnName, onDelete, onClose }: TaskHeaderProps) {
  const copy = () =>
    void navigator.clipboard.writeText(cardKey).then(
      () => showToast({ tone: 'good', title: `${cardKey} copied` }),
      () => showToast({ tone: 'bad', title: 'The clipboard is not available' }),
    )
  return (
    <header className={styles.header}>
      <span className={styles.key}>{cardKey}</span>
      <span className={styles.crumb}>{columnName}</span>
      <span className={styles.spacer} />
      <Menu
        align="end"
        entries={[
          { label: `Copy ${cardKey}`, icon: <Copy />, onSelect: copy },
          { kind: 'separator' },
          { label: 'Delete card', icon: <Trash2 />, isDangerous: true, onSelect: onDelete },
        ]}
      >
        <IconButton label="Options of the card" hasTooltip={false}>
          <MoreHorizontal />
        </IconButton>
      </Menu>
      <IconButton label="Close" shortcut="Esc" onClick={onClose}>
        <X />
      </IconButton>
    </header>
  )
}
