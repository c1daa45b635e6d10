import { useState } from 'react'
import type { Column } from '#shared/column.ts'
import type { BoardId } from '#shared/ids.ts'
import type { BoardTransition } from '#shared/transition.ts'
import { errorText } from '../../lib/error-text.ts'
import { texts } from '../../lib/texts/texts.ts'
import { Button } from '../../ui/button.tsx'
import { Callout } from '../../ui/notice.tsx'
import styles from './board-settings.module.css'
import { keyOf, neighbourRules, rulesOf, stuckColumns } from './column-rules.ts'
import { useSaveRules } from './use-save-rules.ts'

interface RulesPartProps {
  boardId: BoardId
  columns: readonly Column[]
  transitions: readonly BoardTransition[]
  onClose: () => void
}

/** From which column cards may go to which: a table of boxes to tick. */
export function RulesPart({ boardId, columns, transitions, onClose }: RulesPartProps) {
  const [ticked, setTicked] = useState<ReadonlySet<string>>(() => new Set(transitions.map(keyOf)))
  const save = useSaveRules(boardId, transitions, onClose)
  if (columns.length < 2) return <p className={styles.note}>{texts.boardSettings.fewColumns}</p>
  const rules = rulesOf(columns, ticked)
  const stuck = stuckColumns(columns, rules).map(({ name }) => texts.format.quoted(name))
  const toggle = (key: string) => {
    const next = new Set(ticked)
    if (!next.delete(key)) next.add(key)
    setTicked(next)
  }
  return (
    <form
      className={styles.part}
      onSubmit={(event) => {
        event.preventDefault()
        save.mutate(rules)
      }}
    >
      {save.error && (
        <Callout tone="bad" role="alert">
          {errorText(save.error)}
        </Callout>
      )}
      <p className={styles.note}>{texts.boardSettings.rulesHint}</p>
      <div className={styles.matrix}>
        <table aria-label={texts.boardSettings.rulesTable}>
          <thead>
            <tr>
              <td className={styles.corner}>{texts.boardSettings.fromTo}</td>
              {columns.map((column) => (
                <th key={column.id} scope="col">
                  {column.name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {columns.map((from) => (
              <tr key={from.id}>
                <th scope="row">{from.name}</th>
                {columns.map((to) => {
                  const key = keyOf({ from_column_id: from.id, to_column_id: to.id })
                  return (
                    <td key={to.id}>
                      {from.id !== to.id && (
                        <input
                          type="checkbox"
                          aria-label={texts.boardSettings.rule(from.name, to.name)}
                          checked={ticked.has(key)}
                          onChange={() => toggle(key)}
                        />
                      )}
                    </td>
                  )
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className={styles.note} role="status">
        {rules.length === 0 ? texts.boardSettings.allAllowed : texts.boardSettings.someAllowed(rules.length)}{' '}
        {stuck.length > 0 && texts.boardSettings.stuck(stuck.join(', '))}
      </p>
      <div className={styles.foot}>
        <Button variant="ghost" onClick={() => setTicked(new Set())} disabled={ticked.size === 0}>
          {texts.boardSettings.allowAll}
        </Button>
        <Button
          variant="ghost"
          className={styles.apart}
          onClick={() => setTicked(new Set(neighbourRules(columns).map(keyOf)))}
        >
          {texts.boardSettings.forwardOnly}
        </Button>
        <Button variant="ghost" onClick={onClose}>
          {texts.boardSettings.cancel}
        </Button>
        <Button type="submit" variant="primary" isBusy={save.isPending}>
          {texts.boardSettings.save}
        </Button>
      </div>
    </form>
  )
}
