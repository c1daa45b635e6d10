import { useLastScreen } from '../lib/last-screen.ts'
import { texts } from '../lib/texts/texts.ts'
import { useConnection } from '../lib/use-connection.ts'
import { useLasting } from '../lib/use-lasting.ts'
import { Spinner } from '../ui/spinner.tsx'
import styles from './screens.module.css'

/** When the person may begin to wonder why nothing moves, in milliseconds. */
const WONDER_MS = 1_000

/** Says that what is shown is that of last time, when the app takes longer than usual to answer. */
export function StartingBanner() {
  const isOfLastTime = useLastScreen()
  const isSlow = useLasting(isOfLastTime, WONDER_MS)
  const connection = useConnection()
  if (!isSlow) return null
  const told = connection.status === 'open' ? connection.starting : null
  return (
    <div className={styles.startingBanner} role="status">
      <Spinner /> {told ?? texts.app.startingDatabase} {texts.app.shownAsLeft}
    </div>
  )
}
