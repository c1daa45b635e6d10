import { useId, useState } from 'react'
import { BUDGET_WARNING, type Budget } from '#shared/budget.ts'
import { formatExactCost } from '../../lib/format.ts'
import { parseAmount } from '../../lib/parse-amount.ts'
import { texts } from '../../lib/texts/texts.ts'
import { Button } from '../../ui/button.tsx'
import { TextInput } from '../../ui/field.tsx'
import styles from './budgets.module.css'

interface BudgetFieldProps {
  label: string
  hint: string
  budget: Budget | undefined
  isBusy: boolean
  /** Null: no limit. Resolves with whether it was set. */
  onSet: (limit: number | null) => Promise<boolean>
}

/** A limit in dollars with what is used of it; empty: none. */
export function BudgetField({ label, hint, budget, isBusy, onSet }: BudgetFieldProps) {
  const id = useId()
  const kept = budget ? String(budget.limit_usd) : ''
  /** What is typed, until it is set: also while another window sets it, and when it could not be. */
  const [draft, setDraft] = useState<string | null>(null)
  const text = draft ?? kept
  const amount = text.trim() === '' ? null : parseAmount(text)
  const isWrong = amount !== null && !(amount >= 0 && amount <= 1_000_000)
  const isChanged = !isWrong && amount !== (budget?.limit_usd ?? null)
  const save = async (form: HTMLFormElement) => {
    if (!isChanged || isBusy) return
    form.querySelector('input')?.focus() // the button that was pressed has nothing more to set then, and would lose it
    if (await onSet(amount)) setDraft((typed) => (typed === text ? null : typed))
  }
  return (
    <form
      className={styles.budget}
      onSubmit={(event) => {
        event.preventDefault()
        void save(event.currentTarget)
      }}
    >
      <label htmlFor={id} className={styles.label}>
        {label}
      </label>
      <span className={styles.amount}>
        <span aria-hidden="true">$</span>
        <TextInput
          id={id}
          inputMode="decimal"
          placeholder={texts.budgets.noLimit}
          aria-describedby={`${id}-hint`}
          aria-invalid={isWrong}
          value={text}
          onChange={(event) => setDraft(event.target.value)}
        />
        <Button type="submit" disabled={!isChanged} isBusy={isBusy}>
          {texts.budgets.set}
        </Button>
      </span>
      <p id={`${id}-hint`} className={styles.hint} role={isWrong ? 'alert' : undefined}>
        {isWrong ? texts.budgets.amountHint : hint}
      </p>
      {budget?.period === 'month' && <Spent budget={budget} />}
    </form>
  )
}

function Spent({ budget: { limit_usd, spent_usd } }: { budget: Budget }) {
  const part = limit_usd > 0 ? Math.min(1, spent_usd / limit_usd) : 1
  const tone = part >= 1 ? styles.bad : part >= BUDGET_WARNING ? styles.warn : styles.good
  const words = texts.budgets.spentThisMonth(formatExactCost(spent_usd), formatExactCost(limit_usd))
  return (
    <div className={styles.spent}>
      <svg
        className={styles.bar}
        viewBox="0 0 100 6"
        preserveAspectRatio="none"
        role="img"
        aria-label={words}
      >
        <rect className={styles.track} width="100" height="6" />
        <rect className={tone} width={part * 100} height="6" />
      </svg>
      <span>{words}</span>
      {part >= 1 && <span className={styles.usedUp}>{texts.budgets.usedUp}</span>}
    </div>
  )
}
