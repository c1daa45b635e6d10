import type { Label } from '#shared/label.ts'
import type { Person } from '#shared/person.ts'
import { texts } from '../../lib/texts/texts.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { LabelDot } from '../../ui/label-dot.tsx'
import { PRIORITY_NAME, PriorityIcon } from '../../ui/priority-icon.tsx'
import styles from './quick-add.module.css'
import type { Shorthand } from './shorthand.ts'

interface QuickAddChipsProps {
  card: Shorthand
  labels: readonly Label[]
  people: readonly Person[]
}

/** What the shorthand is understood as. */
export function QuickAddChips({ card, labels, people }: QuickAddChipsProps) {
  const chosen = labels.filter(({ id }) => card.label_ids.includes(id))
  const person = people.find(({ id }) => card.assigned_to === `person:${id}`)
  const isPlain = chosen.length === 0 && !person && card.priority === null
  return (
    <div className={styles.chips} role="status" aria-label={texts.quickAdd.whatCardGets}>
      {card.priority && (
        <span className={styles.chip}>
          <PriorityIcon priority={card.priority} /> {PRIORITY_NAME[card.priority]}
        </span>
      )}
      {chosen.map((label) => (
        <span key={label.id} className={styles.chip}>
          <LabelDot color={label.color} /> {label.name}
        </span>
      ))}
      {person && (
        <span className={styles.chip}>
          <Avatar id={person.id} name={person.name} /> {person.name}
        </span>
      )}
      {isPlain && <span className={styles.hint}>{texts.quickAdd.labelHighAndPersonUnderstood}</span>}
    </div>
  )
}
