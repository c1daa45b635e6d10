import { ShieldQuestionMark } from 'lucide-react'
import { useSyncExternalStore } from 'react'
import type { StepCheck } from '#shared/check.ts'
import type { Step } from '#shared/execution.ts'
import { findOffer, offersVersion, runAction, subscribeOffers } from '../../lib/actions/offers.ts'
import { texts } from '../../lib/texts/texts.ts'
import { Button } from '../../ui/button.tsx'
import styles from './checks.module.css'

/** Says that nothing but the agents' word tells whether the work is sound, and how to change that. */
export function NoChecks({ steps, checks }: { steps: readonly Step[]; checks: readonly StepCheck[] }) {
  useSyncExternalStore(subscribeOffers, offersVersion)
  const last = steps.findLast((step) => step.phase === 'development' || step.phase === 'fix')
  const isUnchecked = last?.status === 'completed' && last.checks === null
  if (!isUnchecked || checks.some((check) => check.step_id === last.id && check.kind !== 'setup')) return null
  return (
    <div className={styles.none}>
      <ShieldQuestionMark size={14} />
      <span>{texts.checks.noCheckSetUp}</span>
      {findOffer('board.settings') && (
        <Button size="small" variant="ghost" onClick={() => runAction('board.settings')}>
          {texts.checks.setUpChecks}
        </Button>
      )}
    </div>
  )
}
