import { texts } from '../../lib/texts/texts.ts'
import { TextInput } from '../../ui/field.tsx'
import { stepRows } from '../../ui/step-rows.ts'

interface PutAwaySearchProps {
  of: 'trash' | 'archive'
  text: string
  onChange: (text: string) => void
}

const WORDS = {
  trash: { label: texts.trash.searchTrash, placeholder: texts.trash.nameKeyOrBoard },
  archive: { label: texts.trash.searchArchive, placeholder: texts.trash.titleOrNumber },
} as const

/** Finds what was put away; the arrow down leads to what was found. */
export function PutAwaySearch({ of, text, onChange }: PutAwaySearchProps) {
  const { label, placeholder } = WORDS[of]
  return (
    <TextInput
      type="search"
      aria-label={label}
      placeholder={placeholder}
      maxLength={200}
      value={text}
      onChange={(event) => onChange(event.target.value)}
      onKeyDown={({ key, nativeEvent, currentTarget }) => {
        if (key === 'ArrowDown')
          stepRows(nativeEvent, currentTarget.closest('main')?.querySelector('ul') ?? null)
      }}
    />
  )
}
