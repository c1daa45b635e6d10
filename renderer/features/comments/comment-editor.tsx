import clsx from 'clsx'
import { type KeyboardEvent, type ReactNode, type Ref, useId, useRef, useState } from 'react'
import type { Person } from '#shared/person.ts'
import { texts } from '../../lib/texts/texts.ts'
import { usePeople } from '../../lib/use-people.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { TextArea } from '../../ui/field.tsx'
import styles from './comments.module.css'
import { type MentionStart, mentionAt, peopleMeant, withMention } from './mention.ts'

const LONGEST = 10_000
/** From here on the number of characters is shown. */
const NEAR = 9_000

interface CommentEditorProps {
  label: string
  value: string
  isBusy: boolean
  hasFocus?: boolean
  ref?: Ref<HTMLTextAreaElement>
  onChange: (text: string) => void
  onSend: () => void
  onEscape: () => void
  /** The buttons; pressing is pointless while the text is empty or too long. */
  children: (canSend: boolean) => ReactNode
}

/** Where a comment is written: `@` completes names, Ctrl and Enter send it. */
export function CommentEditor({
  label,
  value,
  isBusy,
  hasFocus = false,
  children,
  ...on
}: CommentEditorProps) {
  const id = useId()
  const own = useRef<HTMLTextAreaElement | null>(null)
  const people = usePeople()
  const [mention, setMention] = useState<MentionStart | null>(null)
  const [at, setAt] = useState(0)
  const meant = mention ? peopleMeant(mention, people) : []
  const active = meant[Math.min(at, meant.length - 1)]
  const isTooLong = value.length > LONGEST
  const canSend = value.trim() !== '' && !isTooLong

  const look = (area: HTMLTextAreaElement) => {
    setMention(mentionAt(area.value, area.selectionStart))
    setAt(0)
  }
  const pick = (person: Person) => {
    const area = own.current
    if (!area || !mention) return
    const next = withMention(value, area.selectionStart, mention, person)
    // At once and in the field itself: what is typed right behind it must not come before the name.
    area.setRangeText(next.text, 0, area.value.length, 'end')
    area.setSelectionRange(next.caret, next.caret)
    area.dispatchEvent(new Event('input', { bubbles: true }))
    setMention(null)
  }
  const handleKey = (event: KeyboardEvent) => {
    event.stopPropagation()
    if (event.nativeEvent.isComposing) return // its keys choose characters
    const isDone = active ? walk(event.key) : send(event)
    if (isDone) event.preventDefault()
  }
  const walk = (key: string): boolean => {
    const next = nextAt(key, at, meant.length)
    if (next !== null) setAt(next)
    else if ((key === 'Enter' || key === 'Tab') && active) pick(active)
    else if (key === 'Escape') setMention(null)
    else return false
    return true
  }
  const send = (event: KeyboardEvent): boolean => {
    if (event.key === 'Escape') on.onEscape()
    else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      if (canSend && !isBusy) on.onSend()
    } else return false
    return true
  }

  return (
    <div className={styles.editor}>
      <TextArea
        ref={(area) => {
          own.current = area
          if (typeof on.ref === 'function') on.ref(area)
          else if (on.ref) on.ref.current = area
        }}
        aria-label={label}
        aria-invalid={isTooLong}
        aria-autocomplete="list"
        aria-controls={active ? `${id}-people` : undefined}
        aria-activedescendant={active && `${id}-${active.id}`}
        className={styles.area}
        placeholder={texts.comments.writeCommentMarkdownWorks}
        autoFocus={hasFocus}
        readOnly={isBusy}
        value={value}
        onChange={(event) => {
          on.onChange(event.target.value)
          look(event.target)
        }}
        onSelect={(event) => look(event.currentTarget)}
        onBlur={() => setMention(null)}
        onKeyDown={handleKey}
      />
      {active && (
        <div
          id={`${id}-people`}
          role="listbox"
          aria-label={texts.comments.people}
          className={styles.people}
          tabIndex={-1}
        >
          {meant.map((person) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the text has the focus and listens to the keys
            <div
              key={person.id}
              id={`${id}-${person.id}`}
              role="option"
              tabIndex={-1}
              aria-selected={person === active}
              className={clsx(styles.person, person === active && styles.active)}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => pick(person)}
            >
              <Avatar id={person.id} name={person.name} />
              <bdi>{person.name}</bdi>
            </div>
          ))}
        </div>
      )}
      <div className={styles.foot}>
        {children(canSend)}
        <span className={styles.spacer} />
        {value.length > NEAR && (
          <span
            className={clsx(styles.counter, isTooLong && styles.tooLong)}
            role={isTooLong ? 'alert' : undefined}
          >
            {texts.comments.characters(value.length, LONGEST)}
          </span>
        )}
      </div>
    </div>
  )
}

/** Up and down through a list that begins again at its end; null for other keys. */
function nextAt(key: string, at: number, count: number): number | null {
  if (key === 'ArrowDown') return (at + 1) % count
  return key === 'ArrowUp' ? (at + count - 1) % count : null
}
