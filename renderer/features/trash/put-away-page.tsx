import { type ComponentProps, type ReactNode, useState } from 'react'
import { texts } from '../../lib/texts/texts.ts'
import { Button } from '../../ui/button.tsx'
import { PageFrame, PageHead } from '../../ui/page-frame.tsx'
import { Row, RowList } from '../../ui/row-list.tsx'
import styles from './put-away.module.css'
import { SelectionBar } from './selection-bar.tsx'
import type { RowSelection } from './use-row-selection.ts'

interface PutAwayPageProps extends Pick<ComponentProps<typeof RowList>, 'pages' | 'empty'> {
  label: string
  title: string
  /** At the other end of the title's line. */
  tools: ReactNode
  /** Between the title and the rows. */
  lead: ReactNode
  /** What the rows are called, what is said while they are read, and when they could not be. */
  words: { rows: string; loading: string; failed: string }
  selection: RowSelection
  /** Of all that are selected; settles when they are back, or were refused. */
  onRestore: () => Promise<unknown>
  /** What else can be done with them. */
  actions?: ReactNode
  children: readonly ReactNode[]
}

/** A page of what was put away, the latest first, from which it can be brought back. */
export function PutAwayPage({ label, title, tools, lead, words, children, ...parts }: PutAwayPageProps) {
  const { selection, onRestore, actions, pages, empty } = parts
  const [isBusy, restore] = useBusy(onRestore)
  return (
    <PageFrame label={label} width={860}>
      <PageHead title={title}>{tools}</PageHead>
      {lead}
      <RowList
        label={words.rows}
        loading={words.loading}
        failed={words.failed}
        more={texts.trash.showOlder}
        pages={pages}
        empty={empty}
        className={styles.rows}
        onSelectAll={selection.all}
        bar={
          <SelectionBar selection={selection} isBusy={isBusy} onRestore={restore}>
            {actions}
          </SelectionBar>
        }
      >
        {children}
      </RowList>
    </PageFrame>
  )
}

/** Whether it is under way; told of a failure by who asks. */
function useBusy(work: () => Promise<unknown>): [boolean, () => void] {
  const [isBusy, setBusy] = useState(false)
  const begin = async () => {
    setBusy(true)
    await work().catch(() => {})
    setBusy(false)
  }
  return [isBusy, () => void begin()]
}

interface PutAwayRowProps extends Pick<ComponentProps<typeof Row>, 'icon' | 'name'> {
  /** As the selection knows it. */
  id: string
  selection: RowSelection
  /** Those that are empty are left out. */
  facts: readonly string[]
  /** What the button is called that brings it back, by itself. */
  restoreName: string
  /** Settles when it is back, or was refused. */
  onRestore: () => Promise<unknown>
  /** What else can be done with it. */
  children?: ReactNode
}

/** A thing that was put away. */
export function PutAwayRow({
  id,
  selection,
  facts,
  restoreName,
  onRestore,
  children,
  ...row
}: PutAwayRowProps) {
  const [isBusy, restore] = useBusy(onRestore)
  const isSelected = selection.ids.has(id)
  return (
    <Row
      {...row}
      isSelected={isSelected}
      tick={
        <span className={styles.tick}>
          <input
            type="checkbox"
            aria-label={texts.trash.select(row.name)}
            checked={isSelected}
            onChange={({ nativeEvent }) =>
              selection.toggle(id, nativeEvent instanceof MouseEvent && nativeEvent.shiftKey)
            }
          />
        </span>
      }
      facts={facts.filter(Boolean)}
    >
      <Button size="small" isBusy={isBusy} onClick={restore} aria-label={restoreName}>
        {texts.trash.restore}
      </Button>
      {children}
    </Row>
  )
}
