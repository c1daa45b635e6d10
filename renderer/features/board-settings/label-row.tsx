import { Merge, MoreHorizontal, Pencil, Trash2 } from 'lucide-react'
import { useState } from 'react'
import type { Label } from '#shared/label.ts'
import { texts } from '../../lib/texts/texts.ts'
import { IconButton } from '../../ui/button.tsx'
import { EditableText } from '../../ui/editable-text.tsx'
import { Menu } from '../../ui/menu.tsx'
import styles from './board-settings.module.css'
import { LabelColor } from './label-color.tsx'
import type { useLabelActions } from './use-label-actions.ts'

interface LabelRowProps {
  label: Label
  count: number
  canMerge: boolean
  actions: ReturnType<typeof useLabelActions>
  onMerge: () => void
}

/** One label: its colour and name to be changed in place, and how many cards carry it. */
export function LabelRow({ label, count, canMerge, actions, onMerge }: LabelRowProps) {
  const [isRenaming, setRenaming] = useState(false)
  const said = texts.boardSettings
  return (
    <li className={styles.label}>
      <LabelColor
        label={said.color(label.name)}
        color={label.color}
        onPick={(color) => void actions.update(label, { color })}
      />
      {isRenaming ? (
        <EditableText
          label={said.labelName(label.name)}
          value={label.name}
          maxLength={50}
          className={styles.labelName}
          onSave={(name) => void actions.update(label, { name })}
          onDone={() => setRenaming(false)}
        />
      ) : (
        <button
          type="button"
          className={styles.labelName}
          aria-label={said.rename(label.name)}
          onClick={() => setRenaming(true)}
        >
          {label.name}
        </button>
      )}
      <span className={styles.labelCount}>{said.onCards(count)}</span>
      <Menu
        align="end"
        entries={[
          { label: said.renameEntry, icon: <Pencil />, onSelect: () => setRenaming(true) },
          { label: said.mergeEntry, icon: <Merge />, isDisabled: !canMerge, onSelect: onMerge },
          { kind: 'separator' },
          {
            label: said.deleteEntry,
            icon: <Trash2 />,
            isDangerous: true,
            onSelect: () => void actions.remove(label),
          },
        ]}
      >
        <IconButton label={said.options(label.name)} size="small" hasTooltip={false}>
          <MoreHorizontal />
        </IconButton>
      </Menu>
    </li>
  )
}
