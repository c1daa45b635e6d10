import { RotateCcw } from 'lucide-react'
import { useId, useRef, useState } from 'react'
import type { ModelPrice, SetModelPrice } from '#shared/budget.ts'
import { parseAmount } from '../../lib/parse-amount.ts'
import { texts } from '../../lib/texts/texts.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { TextInput } from '../../ui/field.tsx'
import styles from './budgets.module.css'

export const PRICE_KINDS = [
  { key: 'input_usd', label: texts.budgets.in },
  { key: 'output_usd', label: texts.budgets.out },
  { key: 'cache_read_usd', label: texts.budgets.fromCache },
  { key: 'cache_write_usd', label: texts.budgets.intoCache },
] as const
type Kind = (typeof PRICE_KINDS)[number]['key']
type Drafts = Partial<Record<Kind, string>>

interface PriceRowProps {
  price: ModelPrice
  isBusy: boolean
  /** Rejects when the price was not set, of which the person is told. */
  onSet: (price: SetModelPrice) => Promise<void>
  onReset: () => void
}

/** What one model costs, to be changed in its place. */
export function PriceRow({ price, isBusy, onSet, onReset }: PriceRowProps) {
  const noteId = useId()
  const first = useRef<HTMLInputElement>(null)
  const [drafts, setDrafts] = useState<Drafts>({})
  const amounts = PRICE_KINDS.map(
    ({ key }) => [key, drafts[key] === undefined ? price[key] : parseAmount(drafts[key])] as const,
  )
  const wrong = new Set(amounts.flatMap(([key, amount]) => (amount >= 0 && amount <= 1_000_000 ? [] : key)))
  const isChanged = amounts.some(([key, amount]) => amount !== price[key])
  const hasPrice = price.as_of !== ''
  const save = () => {
    const values = Object.fromEntries(amounts) as Record<Kind, number>
    // What was typed stays until it is kept.
    onSet({ model: price.model, ...values, source: texts.budgets.setByHand }).then(
      () => setDrafts((now) => unsent(now, drafts)),
      () => {},
    )
  }
  return (
    <tr>
      <th scope="row">{price.model}</th>
      {PRICE_KINDS.map(({ key, label }, index) => (
        <td key={key}>
          <TextInput
            ref={index === 0 ? first : null}
            // A row without a price was just asked for.
            autoFocus={index === 0 && !hasPrice}
            className={styles.price}
            inputMode="decimal"
            aria-label={texts.budgets.of(label, price.model)}
            aria-invalid={wrong.has(key)}
            aria-describedby={wrong.has(key) ? noteId : undefined}
            value={drafts[key] ?? String(price[key])}
            onChange={(event) => setDrafts((before) => ({ ...before, [key]: event.target.value }))}
            onKeyDown={(event) => {
              if (event.key === 'Enter' && isChanged && wrong.size === 0 && !isBusy) save()
            }}
          />
        </td>
      ))}
      <td className={styles.source}>
        {wrong.size > 0 ? (
          <span id={noteId} role="alert" className={styles.usedUp}>
            {texts.budgets.priceHint}
          </span>
        ) : (
          hasPrice && `${price.source}, ${price.as_of}`
        )}
      </td>
      <td className={styles.actions}>
        {isChanged && (
          <Button
            size="small"
            variant="primary"
            disabled={wrong.size > 0}
            isBusy={isBusy}
            onClick={() => {
              first.current?.focus() // the button has nothing more to set then, and would lose it
              save()
            }}
          >
            {texts.budgets.set}
          </Button>
        )}
        {price.is_edited && hasPrice && (
          <IconButton
            size="small"
            label={texts.budgets.backAppsPrice(price.model)}
            onClick={() => {
              first.current?.focus()
              onReset()
            }}
          >
            <RotateCcw />
          </IconButton>
        )}
      </td>
    </tr>
  )
}

/** What was typed since it was sent. */
function unsent(now: Drafts, sent: Drafts): Drafts {
  return Object.fromEntries(Object.entries(now).filter(([key, text]) => sent[key as Kind] !== text))
}
