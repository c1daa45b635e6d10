import clsx from 'clsx'
import { ChevronLeft, Search } from 'lucide-react'
import { type KeyboardEvent, useId, useState } from 'react'
import { ACTIONS, type ActionId } from '../../lib/actions/catalogue.ts'
import { closePalette } from '../../lib/actions/palette-state.ts'
import { texts } from '../../lib/texts/texts.ts'
import overlay from '../../ui/overlay.module.css'
import { Spinner } from '../../ui/spinner.tsx'
import { useModal } from '../../ui/use-modal.ts'
import styles from './palette.module.css'
import { PaletteList, rowElementId } from './palette-list.tsx'
import type { PaletteRow } from './palette-row.ts'
import { noteAction } from './recent-actions.ts'
import { runRow } from './run-row.ts'
import { usePaletteSections } from './use-palette-sections.ts'

const PAGE = 8

/** The row to go to from one of so many; up from the first is the last. */
const STEPS: Readonly<Record<string, (at: number, count: number) => number>> = {
  ArrowDown: (at, count) => (at + 1) % Math.max(count, 1),
  ArrowUp: (at, count) => (at - 1 + count) % Math.max(count, 1),
  PageDown: (at, count) => Math.min(at + PAGE, count - 1),
  PageUp: (at) => Math.max(at - PAGE, 0),
}

/** The open palette. It may begin on the page of one action; Escape leads back and then out. */
export function PaletteDialog({ start }: { start: ActionId | null }) {
  const [element, setElement] = useState<HTMLDialogElement | null>(null)
  useModal(element)
  const id = useId()
  const [page, setPage] = useState(start)
  const [text, setText] = useState('')
  const { sections, subject, isWaiting, failed } = usePaletteSections(page, text)
  const rows = sections.flatMap((section) => section.rows)
  const { active, activate } = useActiveRow(rows, `${page} ${text}`)
  const canGoBack = page !== null && start === null

  const go = (to: ActionId | null) => {
    setPage(to)
    setText('')
  }
  const back = () => (canGoBack ? go(null) : closePalette())
  const choose = (row: PaletteRow) => {
    if (row.does.kind === 'action' && row.does.opensPage) {
      noteAction(row.does.id)
      go(row.does.id)
    } else runRow(row)
  }
  /** Whether the key meant something here. */
  const act = (key: string): boolean => {
    const isBack = key === 'Escape' || (key === 'Backspace' && text === '' && canGoBack)
    const to = STEPS[key]?.(active ? rows.indexOf(active) : 0, rows.length)
    if (isBack) back()
    else if (to !== undefined) activate(rows[to], true)
    else if (key === 'Enter' && active) choose(active)
    return isBack || to !== undefined || key === 'Enter'
  }
  const handleKey = (event: KeyboardEvent) => {
    event.stopPropagation()
    if (event.nativeEvent.isComposing || event.altKey || event.shiftKey) return
    if (act(event.key)) event.preventDefault()
  }

  const label = page === null ? texts.palette.commandPalette : ACTIONS[page].title
  return (
    <dialog
      ref={setElement}
      aria-label={label}
      className={clsx(overlay.overlay, styles.dialog)}
      onCancel={(event) => {
        event.preventDefault()
        back()
      }}
      onClose={closePalette}
      onMouseDown={(event) => {
        if (event.target === event.currentTarget) closePalette()
      }}
      onKeyDown={handleKey}
    >
      <div className={clsx(overlay.panel, styles.panel)}>
        {subject && (
          <div className={styles.subject}>
            <span id={`${id}-subject`} className={styles.subjectText}>
              {subject}
            </span>
          </div>
        )}
        <div className={styles.head}>
          {page === null ? (
            <Search className={styles.search} aria-hidden="true" />
          ) : (
            <button type="button" className={styles.page} onClick={back} tabIndex={-1}>
              <ChevronLeft aria-hidden="true" />
              <span className="hidden-visually">{texts.palette.back} </span>
              {label.replace(/…$/, '')}
            </button>
          )}
          <input
            type="text"
            role="combobox"
            className={styles.input}
            aria-label={page === null ? texts.palette.findActionBoardOrCard : label}
            aria-describedby={subject ? `${id}-subject` : undefined}
            aria-expanded="true"
            aria-autocomplete="list"
            aria-controls={`${id}-list`}
            aria-activedescendant={active && rowElementId(id, active)}
            placeholder={page === null ? texts.palette.whatWouldYouLikeDo : texts.palette.find}
            autoComplete="off"
            autoCorrect="off"
            spellCheck={false}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
          {isWaiting && <Spinner />}
        </div>
        <PaletteList
          id={id}
          label={label}
          sections={sections}
          active={active}
          onActivate={(row) => activate(row, false)}
          onChoose={choose}
        />
        <p role="status" className={rows.length === 0 ? styles.nothing : 'hidden-visually'}>
          {statusText(rows.length, text.trim(), isWaiting)}
        </p>
        {failed && (
          <p className={styles.failed} role="alert">
            {failed}
          </p>
        )}
      </div>
    </dialog>
  )
}

/** Told to readers of the screen, and shown where there is nothing else. */
function statusText(count: number, text: string, isWaiting: boolean): string {
  if (count > 0) return text === '' ? '' : texts.palette.results(count)
  if (isWaiting) return texts.palette.searching
  return text === '' ? texts.palette.thereNothingChoose : texts.palette.nothingFits(text)
}

/** The row that Enter chooses: the first one again whenever something else was typed. */
function useActiveRow(rows: readonly PaletteRow[], typed: string) {
  const [moved, setMoved] = useState({ typed, id: '' })
  const active = (moved.typed === typed ? rows.find(({ id }) => id === moved.id) : undefined) ?? rows[0]
  return {
    active,
    activate: (row: PaletteRow | undefined, isByKey: boolean) => {
      if (!row) return
      setMoved({ typed, id: row.id })
      if (isByKey)
        document.querySelector(`[data-row="${CSS.escape(row.id)}"]`)?.scrollIntoView({ block: 'nearest' })
    },
  }
}
