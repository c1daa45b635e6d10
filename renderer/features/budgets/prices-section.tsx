import { RotateCcw } from 'lucide-react'
import { useState } from 'react'
import type { ModelPrice, SetModelPrice } from '#shared/budget.ts'
import { parseAmount } from '../../lib/parse-amount.ts'
import { texts } from '../../lib/texts/texts.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import table from '../../ui/data-table.module.css'
import { TextInput } from '../../ui/field.tsx'
import { Callout, ErrorState } from '../../ui/notice.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import styles from './budgets.module.css'
import { usePrices } from './use-budgets.ts'

const KINDS = [
  { key: 'input_usd', label: texts.budgets.in },
  { key: 'output_usd', label: texts.budgets.out },
  { key: 'cache_read_usd', label: texts.budgets.fromCache },
  { key: 'cache_write_usd', label: texts.budgets.intoCache },
] as const
type Kind = (typeof KINDS)[number]['key']

/** What models cost, in dollars for a million tokens: the app's list with its date, and what people changed. */
export function PricesSection() {
  const { query, unpriced, set, reset } = usePrices()
  const [added, setAdded] = useState<string | null>(null)
  if (query.error && !query.data) {
    return (
      <ErrorState
        title={texts.budgets.pricesCouldNotRead}
        error={query.error}
        onRetry={() => void query.refetch()}
      />
    )
  }
  if (!query.data) return <Skeleton height="160px" />
  const missing = (unpriced.data ?? []).filter((model) => model !== added)
  const fresh: ModelPrice[] = added
    ? [{ model: added, ...NOTHING, source: '', as_of: '', is_edited: true }]
    : []
  return (
    <section className={styles.section} aria-label={texts.budgets.prices}>
      <header>
        <h2 className={styles.heading}>{texts.budgets.prices}</h2>
        <p className={styles.hint}>{texts.budgets.dollarsForMillionTokens}</p>
      </header>
      {missing.length > 0 && (
        <Callout
          tone="warn"
          title={texts.budgets.modelsWithoutPriceCalled}
          actions={missing.slice(0, 3).map((model) => (
            <Button key={model} size="small" onClick={() => setAdded(model)}>
              {texts.budgets.setThatOf(model)}
            </Button>
          ))}
        >
          {missing.join(', ')}
        </Callout>
      )}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, by keyboard too */}
      <section className={styles.scroll} aria-label={texts.budgets.tablePrices} tabIndex={0}>
        <table className={table.table}>
          <thead>
            <tr>
              <th scope="col">{texts.budgets.model}</th>
              {KINDS.map(({ key, label }) => (
                <th key={key} scope="col">
                  {label}
                </th>
              ))}
              <th scope="col">{texts.budgets.source}</th>
              <th scope="col">
                <span className="hidden-visually">{texts.budgets.actions}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {[...fresh, ...query.data].map((price) => (
              <PriceRow
                key={`${price.model} ${price.is_edited} ${price.as_of}`}
                price={price}
                isBusy={set.isPending}
                onSet={async (next) => {
                  await set.mutateAsync(next)
                  if (next.model === added) setAdded(null)
                }}
                onReset={() => reset.mutate(price.model)}
              />
            ))}
          </tbody>
        </table>
      </section>
    </section>
  )
}

const NOTHING = { input_usd: 0, output_usd: 0, cache_read_usd: 0, cache_write_usd: 0 }

interface PriceRowProps {
  price: ModelPrice
  isBusy: boolean
  /** Rejects when the price was not set, of which the person is told. */
  onSet: (price: SetModelPrice) => Promise<void>
  onReset: () => void
}

function PriceRow({ price, isBusy, onSet, onReset }: PriceRowProps) {
  const [drafts, setDrafts] = useState<Partial<Record<Kind, string>>>({})
  const amounts = KINDS.map(
    ({ key }) => [key, drafts[key] === undefined ? price[key] : parseAmount(drafts[key])] as const,
  )
  const wrong = new Set(amounts.flatMap(([key, amount]) => (amount >= 0 && amount <= 1_000_000 ? [] : key)))
  const isChanged = amounts.some(([key, amount]) => amount !== price[key])
  const save = () => {
    const values: Record<Kind, number> = { ...NOTHING, ...Object.fromEntries(amounts) }
    // What was typed stays until it is kept.
    onSet({ model: price.model, ...values, source: texts.budgets.setByHand }).then(
      () => setDrafts({}),
      () => {},
    )
  }
  return (
    <tr>
      <th scope="row">{price.model}</th>
      {KINDS.map(({ key, label }) => (
        <td key={key}>
          <TextInput
            className={styles.price}
            inputMode="decimal"
            aria-label={texts.budgets.of(label, price.model)}
            aria-invalid={wrong.has(key)}
            value={drafts[key] ?? String(price[key])}
            onChange={(event) => setDrafts((before) => ({ ...before, [key]: event.target.value }))}
            onKeyDown={(event) => {
              if (event.key === 'Enter' && isChanged && wrong.size === 0 && !isBusy) save()
            }}
          />
        </td>
      ))}
      <td className={styles.source}>{price.source && `${price.source}, ${price.as_of}`}</td>
      <td className={styles.actions}>
        {isChanged && (
          <Button size="small" variant="primary" disabled={wrong.size > 0} isBusy={isBusy} onClick={save}>
            {texts.budgets.set}
          </Button>
        )}
        {price.is_edited && price.as_of !== '' && (
          <IconButton size="small" label={texts.budgets.backAppsPrice(price.model)} onClick={onReset}>
            <RotateCcw />
          </IconButton>
        )}
      </td>
    </tr>
  )
}
