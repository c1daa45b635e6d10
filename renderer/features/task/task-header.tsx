import { AppWindow, Copy, Link, Maximize2, Minimize2, MoreHorizontal, Trash2, X } from 'lucide-react'
import { useShortcut } from '../../lib/shortcuts/use-keymap.ts'
import { texts } from '../../lib/texts/texts.ts'
import { IconButton } from '../../ui/button.tsx'
import { Menu, type MenuEntry } from '../../ui/menu.tsx'
import styles from './task.module.css'

interface TaskHeaderProps {
  cardKey: string
  /** Where the board is not seen beside it. */
  boardName: string | null
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
export function TaskHeader({ cardKey, boardName, isFull, entries = [], ...ways }: TaskHeaderProps) {
  const shortcut = useShortcut('card.full')
  const Key = isFull ? 'h1' : 'span'
  return (
    <header className={styles.header}>
      <Key className={styles.key}>{cardKey}</Key>
      {boardName !== null && (
        <span className={styles.crumb} dir="auto">
          {boardName}
        </span>
      )}
      <span className={styles.spacer} />
      <Menu
        align="end"
        entries={[
          { label: texts.task.copy(cardKey), icon: <Copy />, onSelect: ways.onCopyKey },
          { label: texts.task.copyLink, icon: <Link />, onSelect: ways.onCopyLink },
          { label: texts.task.openInNewWindow, icon: <AppWindow />, onSelect: ways.onOpenWindow },
          ...entries,
          { kind: 'separator' },
          { label: texts.task.deleteCard, icon: <Trash2 />, isDangerous: true, onSelect: ways.onDelete },
        ]}
      >
        <IconButton label={texts.task.optionsCard} hasTooltip={false}>
          <MoreHorizontal />
        </IconButton>
      </Menu>
      <IconButton
        label={isFull ? texts.task.showBesideBoard : texts.task.openAsPage}
        shortcut={shortcut}
        onClick={ways.onToggleFull}
      >
        {isFull ? <Minimize2 /> : <Maximize2 />}
      </IconButton>
      <IconButton label={texts.task.close} shortcut={texts.task.esc} onClick={ways.onClose}>
        <X />
      </IconButton>
    </header>
  )
}
