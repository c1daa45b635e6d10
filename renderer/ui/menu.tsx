import clsx from 'clsx'
import { Check } from 'lucide-react'
import { ContextMenu as Context, DropdownMenu as Primitive } from 'radix-ui'
import { type ReactNode, useState } from 'react'
import { useIsDrawn } from '../lib/first-drawing.ts'
import { Kbd } from './kbd.tsx'
import styles from './menu.module.css'
import { usePortalContainer } from './portal-container.ts'

export interface MenuItem {
  kind?: 'item'
  label: string
  icon?: ReactNode
  shortcut?: string
  hint?: string
  isDangerous?: boolean
  isDisabled?: boolean
  /** With a value, the item is a choice and shows whether it is the chosen one. */
  isChecked?: boolean
  onSelect: () => void
}

export type MenuEntry = MenuItem | { kind: 'separator' } | { kind: 'label'; label: string }

interface MenuProps {
  /** A function is asked when the menu opens. */
  entries: readonly MenuEntry[] | (() => readonly MenuEntry[])
  /** The button that opens it. */
  children: ReactNode
  align?: 'start' | 'end'
  /** What is drawn above the entries. */
  header?: ReactNode
  onOpenChange?: (isOpen: boolean) => void
}

/** A menu behind a button. Not modal: that would need style tags, which our content policy forbids. */
export function Menu({ entries, children, align = 'start', header, onOpenChange }: MenuProps) {
  const container = usePortalContainer()
  if (!useIsDrawn()) return children
  return (
    <Primitive.Root modal={false} {...(onOpenChange && { onOpenChange })}>
      <Primitive.Trigger asChild>{children}</Primitive.Trigger>
      <Primitive.Portal container={container}>
        <Primitive.Content
          align={align}
          sideOffset={4}
          collisionPadding={8}
          className={styles.content}
          onKeyDown={(event) => event.stopPropagation()}
        >
          {header}
          <Entries entries={entries} of={Primitive} />
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  )
}

interface ContextMenuProps {
  /** The entries for what is under the pointer; null opens nothing. */
  entriesAt: (target: Element) => readonly MenuEntry[] | null
  children: ReactNode
}

/** The same menu at the pointer, on a press of the second mouse button; one for all that is inside. */
export function ContextMenu({ entriesAt, children }: ContextMenuProps) {
  const [entries, setEntries] = useState<readonly MenuEntry[]>([])
  const isDrawn = useIsDrawn()
  return (
    <Context.Root modal={false}>
      <Context.Trigger
        asChild
        onContextMenu={(event) => {
          const found = event.target instanceof Element ? entriesAt(event.target) : null
          if (found) setEntries(found)
          else event.preventDefault()
        }}
      >
        {children}
      </Context.Trigger>
      {isDrawn && (
        <Context.Portal>
          <Context.Content
            collisionPadding={8}
            className={styles.content}
            onKeyDown={(event) => event.stopPropagation()}
          >
            <Entries entries={entries} of={Context} />
          </Context.Content>
        </Context.Portal>
      )}
    </Context.Root>
  )
}

function Entries({ entries, of }: Pick<MenuProps, 'entries'> & { of: typeof Primitive | typeof Context }) {
  const all = typeof entries === 'function' ? entries() : entries
  return all.map((entry, index) => <Entry key={entryKey(entry, index)} entry={entry} of={of} />)
}

function entryKey(entry: MenuEntry, index: number): string {
  return entry.kind === 'separator' ? `separator-${index}` : `${entry.kind}-${entry.label}`
}

function Entry({ entry, of: Kit }: { entry: MenuEntry; of: typeof Primitive | typeof Context }) {
  if (entry.kind === 'separator') return <Kit.Separator className={styles.separator} />
  if (entry.kind === 'label') return <Kit.Label className={styles.label}>{entry.label}</Kit.Label>
  const className = clsx(styles.item, entry.isDangerous && styles.dangerous)
  const content = (
    <>
      <span className={styles.icon}>{entry.icon}</span>
      <span className={styles.text}>
        {entry.label}
        {entry.hint && <span className={styles.hint}>{entry.hint}</span>}
      </span>
      {entry.shortcut && <Kbd>{entry.shortcut}</Kbd>}
    </>
  )
  if (entry.isChecked === undefined) {
    return (
      <Kit.Item className={className} disabled={entry.isDisabled ?? false} onSelect={entry.onSelect}>
        {content}
      </Kit.Item>
    )
  }
  return (
    <Kit.CheckboxItem
      className={className}
      checked={entry.isChecked}
      disabled={entry.isDisabled ?? false}
      onSelect={entry.onSelect}
    >
      {content}
      <span className={styles.check}>{entry.isChecked && <Check />}</span>
    </Kit.CheckboxItem>
  )
}
