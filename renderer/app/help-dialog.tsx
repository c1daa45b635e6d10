import { Printer, Settings2 } from 'lucide-react'
import { useState } from 'react'
import { ACTIONS } from '../lib/actions/catalogue.ts'
import { foldText, fuzzyQuery, fuzzyScore } from '../lib/fuzzy.ts'
import { isMac } from '../lib/is-mac.ts'
import { navigate } from '../lib/route.ts'
import type { Combo } from '../lib/shortcuts/combo.ts'
import { findActions } from '../lib/shortcuts/find-actions.ts'
import { comboKeys } from '../lib/shortcuts/format-combo.ts'
import { useKeymap } from '../lib/shortcuts/use-keymap.ts'
import { texts } from '../lib/texts/texts.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { TextInput } from '../ui/field.tsx'
import { Shortcut } from '../ui/shortcut.tsx'
import styles from './help-dialog.module.css'

interface HelpGroup {
  title: string
  rows: readonly { title: string; combos: readonly Combo[] }[]
}

/** Keys that belong to what has the focus, so that they are the same for everybody. */
const FIXED: HelpGroup = {
  title: texts.app.movingByKeyboard,
  rows: [
    { title: texts.app.pickUpCard, combos: ['Space'] },
    { title: texts.app.moveWhatPickedUp, combos: ['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight'] },
    { title: texts.app.leaveWhere, combos: ['Escape'] },
    { title: texts.app.rowToRow, combos: ['ArrowUp', 'ArrowDown', 'K', 'J'] },
    { title: texts.app.firstLastRow, combos: ['Home', 'End'] },
  ],
}

/** Every action that has keys, with the keys that it has now. */
export function HelpDialog({ onClose }: { onClose: () => void }) {
  const [search, setSearch] = useState('')
  const groups = useHelpGroups(search)
  return (
    <Dialog
      title={texts.app.keyboardShortcuts}
      width="wide"
      onClose={onClose}
      footer={
        <>
          <Button variant="ghost" icon={<Printer />} onClick={() => print()}>
            {texts.app.print}
          </Button>
          <Button
            icon={<Settings2 />}
            onClick={() => {
              onClose()
              navigate({ page: 'keyboard' })
            }}
          >
            {texts.app.changeShortcuts}
          </Button>
        </>
      }
    >
      <TextInput
        type="search"
        aria-label={texts.app.searchShortcuts}
        placeholder={texts.app.searchByActionOrKey}
        className={styles.search}
        value={search}
        onChange={(event) => setSearch(event.target.value)}
      />
      <div className={styles.sheet}>
        {groups.map(({ title, rows }) => (
          <section key={title} className={styles.group} aria-label={title}>
            <h3 className={styles.title}>{title}</h3>
            <dl>
              {rows.map((row) => (
                <div key={row.title} className={styles.row}>
                  <dt>{row.title}</dt>
                  <dd>
                    {row.combos.map((combo) => (
                      <Shortcut key={combo} presses={comboKeys(combo, isMac)} />
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
      <p role="status" className={groups.length === 0 ? styles.none : 'hidden-visually'}>
        {groups.length === 0 && texts.app.noShortcutFits(search.trim())}
      </p>
    </Dialog>
  )
}

function useHelpGroups(search: string): HelpGroup[] {
  const keymap = useKeymap()
  const query = fuzzyQuery(search)
  const groups = findActions(search, keymap, isMac).map(({ title, ids }) => ({
    title,
    rows: ids
      .filter((id) => keymap[id].length > 0)
      .map((id) => ({ title: ACTIONS[id].title.replace(/…$/, ''), combos: keymap[id] })),
  }))
  const fixed = FIXED.rows.filter(({ title, combos }) => {
    const keys = combos.flatMap((combo) => comboKeys(combo, isMac).flat())
    return fuzzyScore(query, foldText([title, ...keys].join(' '))) > 0
  })
  return [...groups, { ...FIXED, rows: fixed }].filter(({ rows }) => rows.length > 0)
}
