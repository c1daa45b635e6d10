import { Check, RotateCcw, X } from 'lucide-react'
import type { ApprovalItem, Remember } from '#shared/approval.ts'
import { texts } from '../../lib/texts/texts.ts'
import { Button } from '../../ui/button.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { type ApprovalAct, WORDS } from './approval-words.ts'
import styles from './decisions.module.css'

const REMEMBER: readonly { value: Remember; label: string }[] = [
  { value: 'once', label: texts.decisions.once },
  { value: 'execution', label: texts.decisions.run },
  { value: 'always', label: texts.decisions.always },
]

interface ApprovalAnswersProps {
  approval: Pick<ApprovalItem, 'kind' | 'proposed_rules'>
  remember: Remember
  isBusy: boolean
  onAct: (act: ApprovalAct) => void
  onRemember: (remember: Remember) => void
}

/** The ways to answer a question, and for how long the answer holds where a rule can be made of it. */
export function ApprovalAnswers({ approval, remember, isBusy, onAct, onRemember }: ApprovalAnswersProps) {
  const { kind, proposed_rules: rules } = approval
  return (
    <div className={styles.answers}>
      <Button
        size="small"
        variant="primary"
        icon={<Check />}
        isBusy={isBusy}
        // The second press of a double click would meet the next question, which has come up to its place.
        onClick={({ detail }) => detail < 2 && onAct('yes')}
      >
        {WORDS[kind].yes}
      </Button>
      {kind === 'plan' && (
        <Button size="small" icon={<RotateCcw />} disabled={isBusy} onClick={() => onAct('again')}>
          {texts.decisions.planAnew}…
        </Button>
      )}
      <Button size="small" icon={<X />} disabled={isBusy} onClick={() => onAct('no')}>
        {WORDS[kind].no}…
      </Button>
      {rules.length > 0 && (
        <Segmented
          label={texts.decisions.forHowLong}
          value={remember}
          choices={REMEMBER}
          onChange={onRemember}
        />
      )}
    </div>
  )
}
