import { Search, X } from 'lucide-react'
import { useRef } from 'react'
import { useOffers } from '../../lib/actions/use-offers.ts'
import { useShortcut } from '../../lib/shortcuts/use-keymap.ts'
import { texts } from '../../lib/texts/texts.ts'
import styles from './filter-bar.module.css'

interface FilterFieldProps {
  text: string
  onChange: (text: string) => void
}

/** The words that a card must hold. Escape clears them, and then leaves. */
export function FilterField({ text, onChange }: FilterFieldProps) {
  const input = useRef<HTMLInputElement>(null)
  const shortcut = useShortcut('filter.focus')
  useOffers({
    'filter.focus': {
      run: () => {
        input.current?.focus()
        input.current?.select()
      },
    },
  })
  return (
    <div className={styles.field}>
      <Search aria-hidden="true" />
      <input
        ref={input}
        type="search"
        aria-label={texts.filters.filterCards}
        placeholder={shortcut ? texts.filters.filterCardsWith(shortcut) : texts.filters.filterCards}
        className={styles.input}
        spellCheck={false}
        autoComplete="off"
        maxLength={200}
        value={text}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return
          event.preventDefault()
          event.stopPropagation()
          if (text === '') event.currentTarget.blur()
          else onChange('')
        }}
      />
      {text !== '' && (
        <button
          type="button"
          aria-label={texts.filters.clearText}
          className={styles.clear}
          onClick={() => {
            onChange('')
            input.current?.focus()
          }}
        >
          <X />
        </button>
      )}
    </div>
  )
}
