import { texts } from '../../lib/texts/texts.ts'
import { Button } from '../../ui/button.tsx'
import { LINES_AT_ONCE, type LongCard, oneCardOf, type Pasted } from './pasted.ts'
import styles from './quick-add.module.css'

interface PastedLinesProps {
  pasted: Pasted
  columnName: string
  isBusy: boolean
  onJoin: (card: LongCard) => void
}

/** The cards that lines which were pasted become, or the one card that can be made of them all. */
export function PastedLines({ pasted: { text, lines }, columnName, isBusy, onJoin }: PastedLinesProps) {
  const one = oneCardOf(text)
  const shown = lines.slice(0, LINES_AT_ONCE)
  return (
    <>
      <p className={styles.hint}>
        {texts.quickAdd.oneCardLine(columnName)}
        {lines.length > shown.length && ` ${texts.quickAdd.firstOf(shown.length, lines.length)}`}
      </p>
      <ol className={styles.lines} aria-label={texts.quickAdd.cardsAdd}>
        {shown.map((line, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two lines may be the same
          <li key={index}>{line}</li>
        ))}
      </ol>
      {one ? (
        <Button variant="ghost" size="small" disabled={isBusy} onClick={() => onJoin(one)}>
          {texts.quickAdd.makeOneCard}
        </Button>
      ) : (
        <p className={styles.hint}>{texts.quickAdd.tooLongForOneCard}</p>
      )}
    </>
  )
}
