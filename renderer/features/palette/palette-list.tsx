import clsx from 'clsx'
import { Check, ChevronRight } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { isMac } from '../../lib/is-mac.ts'
import { comboKeys } from '../../lib/shortcuts/format-combo.ts'
import type { Keymap } from '../../lib/shortcuts/keymap.ts'
import { useKeymap } from '../../lib/shortcuts/use-keymap.ts'
import { Shortcut } from '../../ui/shortcut.tsx'
import styles from './palette.module.css'
import type { PaletteRow, PaletteSection } from './palette-row.ts'

interface PaletteListProps {
  id: string
  label: string
  sections: readonly PaletteSection[]
  active: PaletteRow | undefined
  onActivate: (row: PaletteRow) => void
  onChoose: (row: PaletteRow) => void
}

export function rowElementId(id: string, row: PaletteRow): string {
  return `${id}-${row.id}`
}

/** The rows in their sections. The focus stays in the field; the active row is told by its id. */
export function PaletteList({ id, label, sections, active, onActivate, onChoose }: PaletteListProps) {
  const keymap = useKeymap()
  const list = useRef<HTMLDivElement>(null)
  const isFirst = active !== undefined && active === sections[0]?.rows[0]
  // Above the first row there is its heading.
  useEffect(() => {
    if (isFirst) list.current?.scrollTo({ top: 0 })
  }, [isFirst])
  return (
    <div ref={list} id={`${id}-list`} role="listbox" aria-label={label} tabIndex={-1} className={styles.list}>
      {sections.map((section) => (
        // biome-ignore lint/a11y/useSemanticElements: the groups of a list box are no fieldsets
        <div key={section.id} role="group" aria-label={section.heading ?? label} className={styles.group}>
          {section.heading && (
            <div aria-hidden="true" className={styles.heading}>
              {section.heading}
            </div>
          )}
          {section.rows.map((row) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the field has the focus and listens to the keys
            <div
              key={row.id}
              id={rowElementId(id, row)}
              data-row={row.id}
              role="option"
              tabIndex={-1}
              aria-selected={row === active}
              aria-checked={row.isChosen}
              className={clsx(styles.row, row === active && styles.active)}
              onPointerMove={() => row !== active && onActivate(row)}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => onChoose(row)}
            >
              <Row row={row} keymap={keymap} />
            </div>
          ))}
        </div>
      ))}
    </div>
  )
}

function Row({ row, keymap }: { row: PaletteRow; keymap: Keymap }) {
  const { does } = row
  const [combo] = does.kind === 'action' ? keymap[does.id] : []
  return (
    <>
      {row.icon && <span className={styles.icon}>{row.icon}</span>}
      <span className={styles.text}>
        <span className={styles.title}>{row.title}</span>
        {row.hint && <span className={styles.hint}>{row.hint}</span>}
      </span>
      {combo && <Shortcut presses={comboKeys(combo, isMac)} />}
      {row.isChosen && <Check className={styles.check} aria-hidden="true" />}
      {does.kind === 'action' && does.opensPage && (
        <ChevronRight className={styles.more} aria-hidden="true" />
      )}
    </>
  )
}
