import { Plus, RotateCcw, TriangleAlert, X } from 'lucide-react'
import { ACTIONS, type ActionId } from '../../lib/actions/catalogue.ts'
import { isMac } from '../../lib/is-mac.ts'
import type { Combo } from '../../lib/shortcuts/combo.ts'
import { comboKeys, comboText } from '../../lib/shortcuts/format-combo.ts'
import { conflictsOf, type Keymap } from '../../lib/shortcuts/keymap.ts'
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
            Also the keys of {rivals.map((rival) => `“${ACTIONS[rival].title}”`).join(' and ')}
          </div>
        )}
      </div>
      <div className={styles.keys}>
        {isChanged && (
          <IconButton size="small" label={`Reset ${title}`} onClick={onReset}>
            <RotateCcw />
          </IconButton>
        )}
        {keymap[id].map((combo) => (
          <span key={combo} className={styles.chip}>
            <button
              type="button"
              className={styles.change}
              aria-label={`Change ${comboText(combo, isMac)} of ${title}`}
              onClick={() => onRecord(combo)}
            >
              <Shortcut presses={comboKeys(combo, isMac)} />
            </button>
            <button
              type="button"
              className={styles.remove}
              aria-label={`Remove ${comboText(combo, isMac)} from ${title}`}
              onClick={() => onRemove(combo)}
            >
              <X aria-hidden="true" />
            </button>
          </span>
        ))}
        {keymap[id].length === 0 && <span className={styles.unset}>None</span>}
        <IconButton size="small" label={`Add keys for ${title}`} onClick={() => onRecord(null)}>
          <Plus />
        </IconButton>
      </div>
    </li>
  )
}
