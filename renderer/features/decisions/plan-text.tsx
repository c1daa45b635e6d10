import { texts } from '../../lib/texts/texts.ts'
import { AgentText } from '../../ui/agent-text.tsx'
import { Folded } from './folded.tsx'
import styles from './plan-text.module.css'

/** What is read at a glance: more is folded. */
const MOST_LINES = 18
const MOST_CHARACTERS = 1500

/** A plan as Markdown; a long one shows its beginning until it is unfolded. */
export function PlanText({ text }: { text: string }) {
  return (
    <Folded
      label={texts.decisions.plan}
      isLong={text.length > MOST_CHARACTERS || text.split('\n').length > MOST_LINES}
      whole={texts.decisions.wholePlan}
      fold={texts.decisions.foldPlan}
      className={styles.plan}
    >
      <AgentText text={text} />
    </Folded>
  )
}
