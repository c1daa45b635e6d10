import clsx from 'clsx'
import { ChevronDown, ChevronUp } from 'lucide-react'
import { useState } from 'react'
import { texts } from '../../lib/texts/texts.ts'
import { AgentText } from '../../ui/agent-text.tsx'
import { Button } from '../../ui/button.tsx'
import styles from './plan-text.module.css'

/** What is read at a glance: more is folded. */
const MOST_LINES = 18
const MOST_CHARACTERS = 1500

/** A plan as Markdown; a long one shows its beginning until it is unfolded. */
export function PlanText({ text }: { text: string }) {
  const [isOpen, setOpen] = useState(false)
  const isLong = text.length > MOST_CHARACTERS || text.split('\n').length > MOST_LINES
  const isFolded = isLong && !isOpen
  return (
    <section className={styles.plan} aria-label={texts.decisions.plan}>
      <div className={clsx(styles.text, isFolded && styles.folded)}>
        <AgentText text={text} />
      </div>
      {isLong && (
        <Button
          size="small"
          variant="ghost"
          icon={isOpen ? <ChevronUp /> : <ChevronDown />}
          aria-expanded={isOpen}
          onClick={() => setOpen(!isOpen)}
        >
          {isOpen ? texts.decisions.foldPlan : texts.decisions.wholePlan}
        </Button>
      )}
    </section>
  )
}
