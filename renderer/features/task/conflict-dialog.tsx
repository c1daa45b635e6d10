import { type ReactNode, useMemo, useState } from 'react'
import type { Person } from '#shared/person.ts'
import type { Task } from '#shared/task.ts'
import { assigneeName } from '../../lib/assignee-name.ts'
import { type Settlement, useEditConflict } from '../../lib/edit-conflict.ts'
import type { CardField, CardTexts } from '../../lib/merge-edit.ts'
import { texts } from '../../lib/texts/texts.ts'
import { usePeople } from '../../lib/use-people.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { TextArea } from '../../ui/field.tsx'
import { PRIORITY_NAME, PriorityIcon } from '../../ui/priority-icon.tsx'
import { compareTexts } from './compare-texts.ts'
import styles from './conflict-dialog.module.css'
import { MarkedText } from './marked-text.tsx'
import { statusName } from './status-name.ts'
import { useChanger } from './use-changer.ts'

const NAMES: Readonly<Record<CardField, string>> = {
  title: texts.task.title,
  description: texts.task.description,
  acceptance_criteria: texts.task.acceptanceCriteria,
  priority: texts.task.priority,
  label_ids: texts.task.labels,
  assigned_to: texts.task.assignee,
  status: texts.task.status,
  due_date: texts.task.dueDate,
  estimate: texts.task.estimate,
}

const LONGEST = 5_000
const LONG_FIELDS = ['description', 'acceptance_criteria'] as const

/** Asks a person who edited what somebody else had just changed; once in a window. */
export function ConflictDialog() {
  const conflict = useEditConflict()
  return conflict && <OpenConflict key={conflict.id} {...conflict} />
}

interface OpenConflictProps {
  cardKey: string
  edit: { base: CardTexts; mine: Partial<CardTexts> }
  theirs: Task
  fields: readonly CardField[]
  settle: (settlement: Settlement) => void
}

function OpenConflict({ cardKey, edit, theirs, fields, settle }: OpenConflictProps) {
  const { mine } = edit
  const long = LONG_FIELDS.find((field) => fields.includes(field))
  /** The text in the making, once the person wants something of both. */
  const [written, setWritten] = useState<string | null>(null)
  const own = written === null || !long ? mine : { ...mine, [long]: written.trim() === '' ? null : written }
  const isTooLong = written !== null && written.length > LONGEST
  const changer = useChanger(theirs, fields[0])
  const names = fields.map((field) => NAMES[field].toLowerCase()).join(texts.task.and)
  return (
    <Dialog
      title={texts.task.changedMeanwhile(cardKey)}
      description={texts.task.somebodyElseChangedWhile(changer?.name, names)}
      width="wide"
      onClose={() => settle({ keep: 'later', mine: own })}
      footer={
        <>
          <Button variant="ghost" onClick={() => settle({ keep: 'later', mine: own })}>
            {texts.task.decideLater}
          </Button>
          <span className={styles.spacer} />
          {long && written === null && (
            <Button onClick={() => setWritten(mine[long] ?? '')}>{texts.task.edit}</Button>
          )}
          <Button onClick={() => settle({ keep: 'theirs' })}>{texts.task.keepTheirs}</Button>
          <Button variant="primary" disabled={isTooLong} onClick={() => settle({ keep: 'mine', mine: own })}>
            {written === null ? texts.task.keepMine : texts.task.saveText}
          </Button>
        </>
      }
    >
      {fields.map((field) => (
        <section key={field} className={styles.field} aria-label={NAMES[field]}>
          {fields.length > 1 && <h3 className={styles.name}>{NAMES[field]}</h3>}
          <Versions field={field} theirs={theirs} mine={own} changer={changer}>
            {field === long && written !== null && (
              <TextArea
                aria-label={texts.task.your(NAMES[field].toLowerCase())}
                className={styles.area}
                value={written}
                aria-invalid={isTooLong}
                autoFocus
                onChange={(event) => setWritten(event.target.value)}
              />
            )}
          </Versions>
        </section>
      ))}
      {isTooLong && <p role="alert">{texts.task.tooLong}</p>}
    </Dialog>
  )
}

interface VersionsProps {
  field: CardField
  theirs: CardTexts
  mine: Partial<CardTexts>
  changer: { name: string; at: Date } | null
  /** Takes the place of mine. */
  children: ReactNode
}

/** Both versions of a field, side by side. */
function Versions({ field, theirs, mine, changer, children }: VersionsProps) {
  const people = usePeople()
  const [left, right] = [valueText(field, theirs, people), valueText(field, mine, people)]
  const compared = useMemo(() => compareTexts(left, right), [left, right])
  const draw = (side: 'theirs' | 'mine', value: string) => {
    if (field === 'priority') return <PriorityValue of={side === 'theirs' ? theirs : mine} />
    if (value === '') return <span className={styles.nothing}>{texts.task.empty}</span>
    return <MarkedText parts={compared[side]} side={side} />
  }
  return (
    <div className={styles.versions}>
      <figure className={styles.version}>
        <figcaption className={styles.caption}>
          {changer ? texts.task.theirs(changer.name, changer.at, Date.now()) : texts.task.theirsSaved}
        </figcaption>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a long text scrolls, by keyboard too */}
        <div className={styles.text} tabIndex={0}>
          {draw('theirs', left)}
        </div>
      </figure>
      <figure className={styles.version}>
        <figcaption className={styles.caption}>{texts.task.yoursNotSaved}</figcaption>
        {children || (
          // biome-ignore lint/a11y/noNoninteractiveTabindex: as above
          <div className={styles.text} tabIndex={0}>
            {draw('mine', right)}
          </div>
        )}
      </figure>
    </div>
  )
}

function valueText(field: CardField, card: Partial<CardTexts>, people: readonly Person[]): string {
  const value = card[field] ?? ''
  if (field === 'assigned_to' && value !== '') return assigneeName(String(value), people)
  if (field === 'status' && value !== '') return statusName(String(value))
  return String(value)
}

function PriorityValue({ of: { priority = null } }: { of: Partial<CardTexts> }) {
  return (
    <span className={styles.priority}>
      <PriorityIcon priority={priority} />
      {priority ? PRIORITY_NAME[priority] : texts.task.noPriority}
    </span>
  )
}
