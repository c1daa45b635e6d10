import { Plus, RotateCcw, TriangleAlert, X } from 'lucide-react'
import { ACTIONS, type ActionId } from '../../lib/actions/catalogue.ts'
import { isMac } from '../../lib/is-mac.ts'
import type { Combo } from '../../lib/shortcuts/combo.ts'
import { comboKeys, comboText } from '../../lib/shortcuts/format-combo.ts'
import { conflictsOf, type Keymap } from '../../lib/shortcuts/keymap.ts'
import { texts } from '../../lib/texts/texts.ts'
import { IconButton } from '../../ui/button.tsx'
import { Shortcut } from '../../ui/shortcut.tsx'
import styles from './keyboard-page.module.css'

interface KeyboardActionProps {
  id: ActionId
  keymap: Keymap
  isChanged: boolean
  /** Asks for keys in the place of these, or for more. */
  onRecord: (replaced: Combo | null) => void
  onRemove: (combo: Combo) => void
  onReset: () => void
}

/** An action and its keys: press them to change them. */
export function KeyboardAction({ id, keymap, isChanged, onRecord, onRemove, onReset }: KeyboardActionProps) {
  const { title } = ACTIONS[id]
  const rivals = [...new Set(keymap[id].flatMap((combo) => conflictsOf(keymap, id, combo)))]
  return (
    <li className={styles.action}>
      <div className={styles.name}>
        {title}
        {rivals.length > 0 && (
          <div className={styles.conflict}>
            <TriangleAlert aria-hidden="true" />
            {texts.keyboard.alsoKeys(
              rivals.map((rival) => texts.format.quoted(ACTIONS[rival].title)).join(texts.keyboard.and),
            )}
          </div>
        )}
      </div>
      <div className={styles.keys}>
        {isChanged && (
          <IconButton size="small" label={texts.keyboard.reset(title)} onClick={onReset}>
            <RotateCcw />
          </IconButton>
        )}
        {keymap[id].map((combo) => (
          <span key={combo} className={styles.chip}>
            <button
              type="button"
              className={styles.change}
              aria-label={texts.keyboard.change(comboText(combo, isMac), title)}
              onClick={() => onRecord(combo)}
            >
              <Shortcut presses={comboKeys(combo, isMac)} />
            </button>
            <button
              type="button"
              className={styles.remove}
              aria-label={texts.keyboard.remove(comboText(combo, isMac), title)}
              onClick={() => onRemove(combo)}
            >
              <X aria-hidden="true" />
            </button>
          </span>
        ))}
        {keymap[id].length === 0 && <span className={styles.unset}>{texts.keyboard.none}</span>}
        <IconButton size="small" label={texts.keyboard.addKeys(title)} onClick={() => onRecord(null)}>
          <Plus />
        </IconButton>
      </div>
    </li>
  )
}
