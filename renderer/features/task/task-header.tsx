import { AppWindow, Copy, Link, Maximize2, Minimize2, MoreHorizontal, Trash2, X } from 'lucide-react'
import { useShortcut } from '../../lib/shortcuts/use-keymap.ts'
import { IconButton } from '../../ui/button.tsx'
import { Menu, type MenuEntry } from '../../ui/menu.tsx'
import styles from './task.module.css'

interface TaskHeaderProps {
  cardKey: string
  columnName: string
  isFull: boolean
  /** Of features that have something to do with a card. */
  entries?: readonly MenuEntry[]
  onToggleFull: () => void
  onCopyKey: () => void
  onCopyLink: () => void
  onOpenWindow: () => void
  onDelete: () => void
  onClose: () => void
}

/** Which card this is, and the ways out. */
export function TaskHeader({ cardKey, columnName, isFull, entries = [], ...ways }: TaskHeaderProps) {
  const shortcut = useShortcut('card.full')
  const Key = isFull ? 'h1' : 'span'
  return (
    <header className={styles.header}>
      <Key className={styles.key}>{cardKey}</Key>
      <span className={styles.crumb}>{columnName}</span>
      <span className={styles.spacer} />
      <Menu
        align="end"
        entries={[
          { label: `Copy ${cardKey}`, icon: <Copy />, onSelect: ways.onCopyKey },
          { label: 'Copy link', icon: <Link />, onSelect: ways.onCopyLink },
          { label: 'Open in a new window', icon: <AppWindow />, onSelect: ways.onOpenWindow },
          ...entries,
          { kind: 'separator' },
          { label: 'Delete card', icon: <Trash2 />, isDangerous: true, onSelect: ways.onDelete },
        ]}
      >
        <IconButton label="Options of the card" hasTooltip={false}>
          <MoreHorizontal />
        </IconButton>
      </Menu>
      <IconButton
        label={isFull ? 'Show beside the board' : 'Open as a page'}
        shortcut={shortcut}
        onClick={ways.onToggleFull}
      >
        {isFull ? <Minimize2 /> : <Maximize2 />}
      </IconButton>
      <IconButton label="Close" shortcut="Esc" onClick={ways.onClose}>
        <X />
      </IconButton>
    </header>
  )
}
