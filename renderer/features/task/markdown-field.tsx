import clsx from 'clsx'
import { type KeyboardEvent, type ReactNode, useCallback, useInsertionEffect, useRef, useState } from 'react'
import type { Task } from '#shared/task.ts'
import { useDraft, writeDraft } from '../../lib/drafts.ts'
import { mergeEdit } from '../../lib/merge-edit.ts'
import { texts } from '../../lib/texts/texts.ts'
import { tickItem } from '../../lib/tick-item.ts'
import { Button } from '../../ui/button.tsx'
import { TextArea } from '../../ui/field.tsx'
import { Kbd } from '../../ui/kbd.tsx'
import { Markdown } from '../../ui/markdown.tsx'
import { Callout } from '../../ui/notice.tsx'
import { showToast } from '../../ui/toast.tsx'
import type { SaveTask } from './save-task.ts'
import styles from './task.module.css'
import { useChanger } from './use-changer.ts'

const LONGEST = 5_000
/** From here on the number of characters is shown. */
const NEAR = 4_500

export type MarkdownFieldName = 'description' | 'acceptance_criteria'

const WORDS: Readonly<Record<MarkdownFieldName, { name: string; lower: string; add: string; hint: string }>> =
  {
    description: {
      name: texts.task.description,
      lower: 'description',
      add: texts.task.addDescription,
      hint: texts.task.whatShouldDifferent,
    },
    acceptance_criteria: {
      name: texts.task.acceptanceCriteria,
      lower: texts.task.acceptanceCriteriaWord,
      add: texts.task.addAcceptanceCriteria,
      hint: texts.task.howDoesOneSee,
    },
  }

interface MarkdownFieldProps {
  field: MarkdownFieldName
  task: Task
  onSave: SaveTask
  /** Draws a picture that is attached. */
  image?: (id: string, alt: string) => ReactNode
}

/**
 * A long text of a card in Markdown: what agents are asked to do, and how it is judged. A press opens it for writing, one
 * on a box ticks it. Closing the card loses nothing that was written.
 */
export function MarkdownField({ field, task, onSave, image }: MarkdownFieldProps) {
  const written = useDraft(task.id, field)
  const [isSaving, setSaving] = useState(false)
  const words = WORDS[field]
  const now = task[field]
  const begin = () => writeDraft(task.id, field, { base: task, text: now ?? '' })
  if (written === null) {
    const tick = (offset: number, isTicked: boolean) => {
      const text = tickItem(now ?? '', offset, isTicked)
      if (text !== null) void onSave({ base: task, mine: { [field]: text } })
    }
    return <ReadText words={words} text={now} onEdit={begin} onTick={tick} image={image} />
  }

  const isUntouched = written.text === (written.base[field] ?? '')
  // Who has written nothing yet writes over what is there now.
  const draft = isUntouched ? { base: task, text: now ?? '' } : written
  const { base, text } = draft
  const isTooLong = text.length > LONGEST
  const mine = { [field]: text.trim() === '' ? null : text }
  const isOvertaken = mergeEdit({ base, mine }, task).conflicts.length > 0
  const save = async () => {
    if (isTooLong || isSaving) return
    setSaving(true)
    if (isUntouched) writeDraft(task.id, field, null)
    else await onSave({ base, mine })
    setSaving(false)
  }
  const giveUp = () => {
    writeDraft(task.id, field, null)
    if (isUntouched) return
    const action = { label: texts.task.undo, run: () => writeDraft(task.id, field, draft) }
    showToast({ title: texts.task.whatYouWroteThrownAway, text: task.title, action })
  }
  const handleKey = (event: KeyboardEvent) => {
    event.stopPropagation()
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Escape' && isUntouched) giveUp()
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void save()
  }
  return (
    <div className={styles.editor}>
      {isOvertaken && (
        <Overtaken
          task={task}
          field={field}
          isDisabled={isTooLong || isSaving}
          onCompare={() => void save()}
        />
      )}
      <TextArea
        aria-label={words.name}
        className={styles.area}
        value={text}
        placeholder={words.hint}
        autoFocus
        readOnly={isSaving}
        onChange={(event) => writeDraft(task.id, field, { base, text: event.target.value })}
        onKeyDown={handleKey}
        aria-invalid={isTooLong}
      />
      <div className={styles.editorFoot}>
        <Button
          size="small"
          variant="primary"
          isBusy={isSaving}
          disabled={isTooLong}
          onClick={() => void save()}
        >
          {texts.task.save}
        </Button>
        <Button size="small" variant="ghost" disabled={isSaving} onClick={giveUp}>
          {texts.task.cancel}
        </Button>
        <span className={styles.spacer} />
        <Counter length={text.length} isTooLong={isTooLong} />
      </div>
    </div>
  )
}

interface OvertakenProps {
  task: Task
  field: MarkdownFieldName
  isDisabled: boolean
  onCompare: () => void
}

/** Tells the writer that there is another version by now. */
function Overtaken({ task, field, isDisabled, onCompare }: OvertakenProps) {
  const changer = useChanger(task, field)
  const compare = (
    <Button size="small" disabled={isDisabled} onClick={onCompare}>
      {texts.task.compare}
    </Button>
  )
  return (
    <div role="status">
      <Callout tone="warn" actions={compare}>
        {texts.task.somebodyChangedTheseWhile(changer?.name, field === 'description', WORDS[field].lower)}
      </Callout>
    </div>
  )
}

function Counter({ length, isTooLong }: { length: number; isTooLong: boolean }) {
  if (length <= NEAR) {
    return (
      <span className={styles.counter}>
        <Kbd>{texts.task.ctrl}</Kbd> <Kbd>{texts.task.enter}</Kbd> {texts.task.saves}
      </span>
    )
  }
  return (
    <span
      className={clsx(styles.counter, isTooLong && styles.tooLong)}
      role={isTooLong ? 'alert' : undefined}
    >
      {texts.task.characters(length, LONGEST)}
    </span>
  )
}

interface ReadTextProps {
  words: (typeof WORDS)[MarkdownFieldName]
  text: string | null
  onEdit: () => void
  onTick: (offset: number, isTicked: boolean) => void
  image: ((id: string, alt: string) => ReactNode) | undefined
}

/** What is pressed for itself, and does not open the editor. */
const CONTROLS = 'a, button, input, img'

function ReadText({ words, text, onEdit, onTick, image }: ReadTextProps) {
  // The same function for every drawing, so that the text is only read when it changes.
  const latest = useRef(onTick)
  useInsertionEffect(() => {
    latest.current = onTick
  })
  const tick = useCallback((offset: number, isTicked: boolean) => latest.current(offset, isTicked), [])
  if (text === null || text.trim() === '') {
    return (
      <button type="button" className={styles.addDescription} onClick={onEdit}>
        {words.add}
      </button>
    )
  }
  return (
    <div className={styles.read}>
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the button behind it is the way of the keyboard */}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: as above */}
      <div
        className={styles.description}
        onClick={(event) => {
          const isOwn = event.target instanceof Element && event.target.closest(CONTROLS)
          if (!isOwn && String(getSelection()) === '') onEdit()
        }}
      >
        <Markdown text={text} onTick={tick} image={image} />
      </div>
      <button type="button" className={styles.edit} onClick={onEdit}>
        {texts.task.editField(words.lower)}
      </button>
    </div>
  )
}
