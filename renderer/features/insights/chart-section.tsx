import clsx from 'clsx'
import { type ReactNode, useId } from 'react'
import { texts } from '../../lib/texts/texts.ts'
import dataTable from '../../ui/data-table.module.css'
import styles from './insights.module.css'

export interface FigureTable {
  heads: readonly string[]
  /** Of each head, the colour in which the chart draws it; null: it draws none. */
  colors?: readonly (string | null)[]
  rows: readonly (readonly [key: string, ...values: (string | number)[]])[]
}

interface ChartSectionProps {
  title: string
  /** What the chart says, in a sentence; it also stands for the picture. */
  summary: string
  table: FigureTable
  /** There is nothing to draw. */
  empty: string | null
  children: ReactNode
}

/** A chart, and beside it the same numbers as a table. */
export function ChartSection({ title, summary, table, empty, children }: ChartSectionProps) {
  const id = useId()
  return (
    <section aria-labelledby={id} className={styles.section}>
      <header>
        <h2 id={id} className={styles.heading}>
          {title}
        </h2>
        <p className={styles.summary}>{empty ?? summary}</p>
      </header>
      {empty === null && (
        <div className={styles.body}>
          <div role="img" aria-label={`${title}: ${summary}`} className={styles.chart}>
            {children}
          </div>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by keyboard */}
          <section aria-label={texts.insights.numbers(title)} tabIndex={0} className={styles.numbers}>
            <table className={clsx(dataTable.table, styles.table)}>
              <thead>
                <tr>
                  {table.heads.map((head, index) => (
                    <th key={head} scope="col">
                      {table.colors?.[index] && (
                        <span className={styles.swatch} style={{ background: table.colors[index] }} />
                      )}
                      {head}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {table.rows.map(([key, ...values]) => (
                  <tr key={key}>
                    <th scope="row">{key}</th>
                    {values.map((value, index) => (
                      <td key={table.heads[index + 1]}>{value}</td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </section>
        </div>
      )}
    </section>
  )
}
