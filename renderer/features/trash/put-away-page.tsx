import { type ComponentProps, type ReactNode, useState } from 'react'
import { texts } from '../../lib/texts/texts.ts'
import { Button } from '../../ui/button.tsx'
import { PageFrame, PageHead } from '../../ui/page-frame.tsx'
import { Row, RowList } from '../../ui/row-list.tsx'

interface PutAwayPageProps extends Pick<ComponentProps<typeof RowList>, 'pages' | 'empty'> {
  label: string
  title: string
  /** At the other end of the title's line. */
  tools: ReactNode
  /** Between the title and the rows. */
  lead: ReactNode
  /** What the rows are called, what is said while they are read, and when they could not be. */
  words: { rows: string; loading: string; failed: string }
  children: readonly ReactNode[]
}

/** A page of what was put away, the latest first, from which it can be brought back. */
export function PutAwayPage({ label, title, tools, lead, words, children, ...list }: PutAwayPageProps) {
  return (
    <PageFrame label={label} width={860}>
      <PageHead title={title}>{tools}</PageHead>
      {lead}
      <RowList
        label={words.rows}
        loading={words.loading}
        failed={words.failed}
        more={texts.trash.showOlder}
        {...list}
      >
        {children}
      </RowList>
    </PageFrame>
  )
}

interface PutAwayRowProps extends Pick<ComponentProps<typeof Row>, 'icon' | 'name'> {
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
export function PutAwayRow({ facts, restoreName, onRestore, children, ...row }: PutAwayRowProps) {
  const [isBusy, setBusy] = useState(false)
  const restore = async () => {
    setBusy(true)
    await onRestore().catch(() => {}) // told by who asks
    setBusy(false)
  }
  return (
    <Row {...row} facts={facts.filter(Boolean)}>
      <Button size="small" isBusy={isBusy} onClick={() => void restore()} aria-label={restoreName}>
        {texts.trash.restore}
      </Button>
      {children}
    </Row>
  )
}
