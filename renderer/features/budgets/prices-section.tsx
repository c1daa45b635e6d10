import { useState } from 'react'
import type { ModelPrice } from '#shared/budget.ts'
import { texts } from '../../lib/texts/texts.ts'
import { Button } from '../../ui/button.tsx'
import table from '../../ui/data-table.module.css'
import { Callout, ErrorState } from '../../ui/notice.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import styles from './budgets.module.css'
import { PRICE_KINDS, PriceRow } from './price-row.tsx'
import { usePrices } from './use-budgets.ts'

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
              {PRICE_KINDS.map(({ key, label }) => (
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
            {withAdded(query.data, added).map((price) => (
              <PriceRow
                key={price.model}
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

/** The list with a row for a model that has no price yet; once it has one, it is in the list. */
function withAdded(prices: ModelPrice[], added: string | null): ModelPrice[] {
  if (added === null || prices.some(({ model }) => model === added)) return prices
  // In its place of the list: the row that is typed in does not jump once the price is set.
  const fresh = { model: added, ...NO_PRICE, source: '', as_of: '', is_edited: true }
  return [...prices, fresh].sort((a, b) => a.model.localeCompare(b.model))
}

const NO_PRICE = { input_usd: 0, output_usd: 0, cache_read_usd: 0, cache_write_usd: 0 }
