import { texts } from '../lib/texts/texts.ts'
import { Kbd } from './kbd.tsx'
import styles from './shortcut.module.css'

/** The keys of a shortcut, as comboKeys names them: those of one press beside each other, further presses behind. */
export function Shortcut({ presses }: { presses: readonly (readonly string[])[] }) {
  return (
    <span className={styles.shortcut}>
      {presses.map((keys, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the same press may come twice, and none ever moves
        <span key={at} className={styles.press}>
          {at > 0 && <span className={styles.then}>{texts.ui.inTurn}</span>}
          {keys.map((key) => (
            <Kbd key={key}>{key}</Kbd>
          ))}
        </span>
      ))}
    </span>
  )
}
