import clsx from 'clsx'
import { ChevronDown, ChevronUp } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { Button } from '../../ui/button.tsx'
import styles from './folded.module.css'

interface FoldedProps {
  label: string
  /** More than what is read at a glance: only its beginning shows at first. */
  isLong: boolean
  /** What the button says that unfolds it, and folds it again. */
  whole: string
  fold: string
  className?: string | undefined
  /** What stands behind its end. */
  end?: ReactNode
  children: ReactNode
}

/** Something to read that may be long: its beginning, until it is unfolded. */
export function Folded({ label, isLong, whole, fold, className, end, children }: FoldedProps) {
  const [isOpen, setOpen] = useState(false)
  const isCut = isLong && !isOpen
  return (
    <section className={clsx(styles.section, className)} aria-label={label}>
      <div className={clsx(styles.content, isCut && styles.cut)}>{children}</div>
      {!isCut && end}
      {isLong && (
        <Button
          size="small"
          variant="ghost"
          icon={isOpen ? <ChevronUp /> : <ChevronDown />}
          aria-expanded={isOpen}
          onClick={() => setOpen(!isOpen)}
        >
          {isOpen ? fold : whole}
        </Button>
      )}
    </section>
  )
}
