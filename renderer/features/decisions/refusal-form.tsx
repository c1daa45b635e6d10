import { useTextDraft, writeTextDraft } from '../../lib/text-draft.ts'
import { texts } from '../../lib/texts/texts.ts'
import { Button } from '../../ui/button.tsx'
import { Field, TextArea } from '../../ui/field.tsx'
import { isTooLong } from '../../ui/too-long.tsx'
import styles from './decisions.module.css'

interface RefusalFormProps {
  /** Under which the words are kept until they are sent. */
  draft: string
  /** What the words are for. */
  label: string
  /** What sending them does. */
  action: string
  isDangerous: boolean
  /** Without words it cannot be sent. */
  needsWords: boolean
  isBusy: boolean
  onSend: (words: string) => void
  onBack: () => void
}

const LONGEST = 2000

/** The words that go with a no. Ctrl or Cmd with Enter sends them, Escape goes back. */
export function RefusalForm({
  draft,
  label,
  action,
  isDangerous,
  needsWords,
  isBusy,
  onSend,
  onBack,
}: RefusalFormProps) {
  const words = useTextDraft(draft) ?? ''
  const isRefused = (needsWords && words.trim() === '') || isTooLong(words, LONGEST)
  const send = () => {
    if (!isRefused && !isBusy) onSend(words)
  }
  return (
    <form
      className={styles.refusal}
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      <Field label={label}>
        {(attributes) => (
          <TextArea
            {...attributes}
            rows={2}
            limit={LONGEST}
            autoFocus
            value={words}
            onChange={(event) => writeTextDraft(draft, event.target.value)}
            onKeyDown={(event) => {
              if (event.nativeEvent.isComposing) return
              if (event.key === 'Escape') {
                event.stopPropagation()
                onBack()
              }
              if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) send()
            }}
          />
        )}
      </Field>
      <div className={styles.answers}>
        <Button
          size="small"
          variant={isDangerous ? 'danger' : 'primary'}
          type="submit"
          disabled={isRefused}
          isBusy={isBusy}
        >
          {action}
        </Button>
        <Button size="small" variant="ghost" onClick={onBack}>
          {texts.decisions.back}
        </Button>
      </div>
    </form>
  )
}
