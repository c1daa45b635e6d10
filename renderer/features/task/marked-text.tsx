import type { ReactNode } from 'react'
import type { TextPart } from './compare-texts.ts'
import styles from './conflict-dialog.module.css'

/** A text with its differences marked; the parts are told apart by their place, which never changes. */
export function MarkedText({
  parts,
  side,
}: {
  parts: readonly TextPart[]
  side: 'theirs' | 'mine'
}): ReactNode {
  return parts.map(({ text, isDifferent }, index) =>
    isDifferent ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: as above
      <mark key={index} className={styles[side]}>
        {text}
      </mark>
    ) : (
      text
    ),
  )
}
