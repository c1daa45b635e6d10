import { type KeyboardEvent, useState } from 'react'
import { ACTIONS, type ActionId } from '../../lib/actions/catalogue.ts'
import { isMac } from '../../lib/is-mac.ts'
import { type KeyChange, swapKeys, takeKeys } from '../../lib/shortcuts/change-keys.ts'
import { type Combo, parseCombo } from '../../lib/shortcuts/combo.ts'
import { comboKeys, comboText } from '../../lib/shortcuts/format-combo.ts'
import { useHeldShortcuts } from '../../lib/shortcuts/held-shortcuts.ts'
import { type ChosenKeys, conflictsOf, keymapOf } from '../../lib/shortcuts/keymap.ts'
import { strokeOf } from '../../lib/shortcuts/stroke.ts'
import { texts } from '../../lib/texts/texts.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Shortcut } from '../../ui/shortcut.tsx'
import styles from './keyboard-page.module.css'

interface KeyboardRecorderProps {
  id: ActionId
  replaced: Combo | null
  chosen: ChosenKeys
  onSave: (chosen: ChosenKeys) => void
  onClose: () => void
}

const MOST = 3

/** Asks to press the keys for an action. Who has them already is told, and loses them or swaps. */
export function KeyboardRecorder({ id, replaced, chosen, onSave, onClose }: KeyboardRecorderProps) {
  useHeldShortcuts(true)
  const [strokes, setStrokes] = useState<readonly string[]>([])
  const combo = parseCombo(strokes.join(' '))
  const { title } = ACTIONS[id]
  const { conflicts, isSame, taken, swapped } = outcomeOf(
    chosen,
    combo === null ? null : { id, combo, replaced },
  )
  const save = () => taken && onSave(taken)
  return (
    <Dialog
      title={texts.keyboard.keys(title)}
      width="narrow"
      onClose={onClose}
      description={texts.keyboard.pressKeysAll}
      footer={
        <>
          <Button variant="ghost" onClick={onClose}>
            {texts.keyboard.cancel}
          </Button>
          {swapped && <Button onClick={() => onSave(swapped)}>{texts.keyboard.swap}</Button>}
          <Button variant="primary" disabled={!taken} onClick={save}>
            {conflicts.length > 0 ? texts.keyboard.useHereOnly : texts.keyboard.save}
          </Button>
        </>
      }
    >
      <div className={styles.recorder}>
        <input
          readOnly
          className={styles.pressed}
          aria-label={texts.keyboard.pressKeys(title)}
          value={combo ? comboText(combo, isMac) : ''}
          onKeyDown={(event) => record(event, { strokes, setStrokes, save })}
        />
        <span aria-hidden="true" className={styles.shown}>
          {combo ? <Shortcut presses={comboKeys(combo, isMac)} /> : texts.keyboard.pressKeysEntry}
        </span>
      </div>
      <p role="status" className={conflicts.length > 0 ? styles.taken : 'hidden-visually'}>
        {combo && comboText(combo, isMac)}
        {conflicts.length > 0 && <Conflict with={conflicts} isSame={isSame} canSwap={swapped !== null} />}
      </p>
    </Dialog>
  )
}

interface ConflictProps {
  with: readonly ActionId[]
  /** They have just these keys, not only others that begin alike. */
  isSame: boolean
  canSwap: boolean
}

function Conflict({ with: others, isSame, canSwap }: ConflictProps) {
  const names = others.map((other) => texts.format.quoted(ACTIONS[other].title)).join(texts.keyboard.and)
  return (
    <>
      {isSame ? texts.keyboard.taken(names) : texts.keyboard.beginsLikeKeys(names)}
      {canSwap ? texts.keyboard.swapTwoOrUse : texts.keyboard.usedHereLostThere}
    </>
  )
}

/** What the keys would come to. */
function outcomeOf(chosen: ChosenKeys, change: KeyChange | null) {
  if (!change) return { conflicts: [], isSame: false, taken: null, swapped: null }
  const keymap = keymapOf(chosen, isMac)
  const conflicts = conflictsOf(keymap, change.id, change.combo)
  const swapped = conflicts.length > 0 ? swapKeys(chosen, change, isMac) : null
  const isSame = conflicts.every((other) => keymap[other].includes(change.combo))
  return { conflicts, isSame, swapped, taken: takeKeys(chosen, change, isMac) }
}

interface Recording {
  strokes: readonly string[]
  setStrokes: (strokes: readonly string[]) => void
  save: () => void
}

function record(event: KeyboardEvent, { strokes, setStrokes, save }: Recording): void {
  const stroke = strokeOf(event.nativeEvent, isMac)
  // Tab leads on to the buttons; an Escape with nothing to clear closes.
  const isLeaving = /^(Shift\+)?Tab$/.test(stroke ?? '') || (stroke === 'Escape' && strokes.length === 0)
  if (stroke === null || isLeaving) return
  event.preventDefault()
  event.stopPropagation()
  if (event.repeat) return
  if (stroke === 'Escape') setStrokes([])
  else if (stroke === 'Enter' && strokes.length > 0) save()
  else setStrokes(strokes.length === MOST ? [stroke] : [...strokes, stroke])
}
