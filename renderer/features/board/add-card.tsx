import { Plus } from 'lucide-react'
import { type KeyboardEvent, memo, useEffect, useRef } from 'react'
import type { Column } from '#shared/column.ts'
import { readTextDraft, useTextDraft, writeTextDraft } from '../../lib/text-draft.ts'
import { texts } from '../../lib/texts/texts.ts'
import styles from './add-card.module.css'
import { useBoardScope } from './board-context.ts'

interface AddCardProps {
  column: Column
  /** One more card would be above its limit. */
  isFull: boolean
  isOpen: boolean
  onOpenChange: (isOpen: boolean) => void
}

const LONGEST_TITLE = 255

/** A new card at the end of its column. Enter adds it and stays ready for the next one. */
export const AddCard = memo(function AddCard({ column, isFull, isOpen, onOpenChange }: AddCardProps) {
  if (isOpen) return <AddCardForm column={column} isFull={isFull} onClose={() => onOpenChange(false)} />
  return (
    <button
      type="button"
      className={styles.button}
      data-add-card
      aria-label={texts.card.addCardTo(column.name)}
      onClick={() => onOpenChange(true)}
    >
      <Plus />
      {texts.card.addCard}
    </button>
  )
})

function AddCardForm({ column, isFull, onClose }: { column: Column; isFull: boolean; onClose: () => void }) {
  const { actions } = useBoardScope()
  const slot = `new-card:${column.id}`
  const title = useTextDraft(slot) ?? ''
  const form = useRef<HTMLFormElement>(null)
  const excess = excessOf(title)

  useEffect(() => form.current?.scrollIntoView({ block: 'nearest' }), [])

  const add = async () => {
    const text = (readTextDraft(slot) ?? '').trim() // of now: Enter may come before the last letter is drawn
    if (text === '' || excessOf(text) > 0) return
    writeTextDraft(slot, '')
    const isCreated = await actions.createTask(column.id, text, isFull)
    // Whoever has typed on, or closed it, finds it there all the same.
    if (!isCreated) writeTextDraft(slot, [text, readTextDraft(slot)].filter(Boolean).join(' '))
  }

  const handleKey = (event: KeyboardEvent) => {
    event.stopPropagation()
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Escape') onClose()
    if (event.key !== 'Enter') return
    event.preventDefault()
    void add()
  }

  return (
    <form
      ref={form}
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault()
        void add()
      }}
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget) && title.trim() === '') onClose()
      }}
    >
      <textarea
        rows={2}
        className={styles.input}
        aria-label={texts.card.titleNewCard(column.name)}
        placeholder={texts.card.whatShouldDone}
        aria-invalid={excess > 0 || undefined}
        value={title}
        // biome-ignore lint/a11y/noAutofocus: the person has just asked to write it
        autoFocus
        onChange={(event) => writeTextDraft(slot, event.target.value.replace(/\n/g, ' '))}
        onKeyDown={handleKey}
      />
      {excess > 0 ? (
        <span className={styles.full} role="status">
          {texts.card.titleTooLong(excess, LONGEST_TITLE)}
        </span>
      ) : isFull ? (
        <span className={styles.full} role="status">
          {texts.card.limit} {column.wip_limit}
          {texts.card.enterAddsCardAbove}
        </span>
      ) : (
        <span className={styles.hint}>{texts.card.enterAddEscClose}</span>
      )}
    </form>
  )
}

function excessOf(title: string): number {
  return title.trim().length - LONGEST_TITLE
}
