import type { ApprovalItem } from '#shared/approval.ts'
import { texts } from '../../lib/texts/texts.ts'
import { TextInput } from '../../ui/field.tsx'
import styles from './decisions.module.css'

interface RememberedRulesProps {
  rules: ApprovalItem['proposed_rules']
  isForBoard: boolean
  pattern: string | null
  /** Null: several rules are left, as they are. */
  onPattern: ((pattern: string) => void) | null
}

/** What a remembered answer leaves behind; listed and taken back in the board's settings. */
export function RememberedRules({ rules, isForBoard, pattern, onPattern }: RememberedRulesProps) {
  const where = isForBoard ? texts.decisions.agentsBoardNotAsked : texts.decisions.runNotAskedAgain
  return (
    <div className={styles.rules}>
      <p>{where}:</p>
      {onPattern && pattern !== null ? (
        <TextInput
          isMono
          aria-label={texts.decisions.patternRule}
          limit={1000}
          value={pattern}
          onChange={(event) => onPattern(event.target.value)}
        />
      ) : (
        <ul className={styles.paths}>
          {rules.map((rule) => (
            <li key={`${rule.target} ${rule.pattern}`}>{rule.pattern}</li>
          ))}
        </ul>
      )}
    </div>
  )
}
