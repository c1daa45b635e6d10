import { listDue } from '#db/queries/due-cards.ts'
import { insertNotifications } from '#db/queries/notifications.ts'
import { tellListeners } from '#db/queries/outbox.ts'
import { inTransaction } from '#db/transaction.ts'
import { UserId } from '#shared/ids.ts'
import type { AppContext } from '../context.ts'
import { repeatWork } from './repeat-work.ts'
import { cardName } from './task-activity.ts'

type DueContext = Pick<AppContext, 'db' | 'wakeups' | 'now' | 'actor' | 'preferences'>

const HOUR_MS = 3600_000
const AT_ONCE = 500

/**
 * Tells the person of this app which cards are due by today, their own and those of nobody; each once for each date. Not
 * of what is done. Gives how many were told.
 */
export async function tellDueCards(ctx: DueContext): Promise<number> {
  const { inbox, native } = ctx.preferences.get().notify.due
  if (!inbox && !native) return 0
  const user_id = UserId.parse(ctx.actor().id)
  const today = localDay(ctx.now())
  const due = await listDue(ctx.db, user_id, today)
  let told = 0
  for (let at = 0; at < due.length; at += AT_ONCE) {
    const added = await inTransaction(ctx.db, async (tx) => {
      const rows = due.slice(at, at + AT_ONCE).map(({ board_id, key, due_date, ...card }) => ({
        user_id,
        kind: 'due' as const,
        board_id,
        task_id: card.id,
        execution_id: null,
        title: `${cardName({ key }, card)} ${due_date === today ? 'is due today' : 'is overdue'}`,
        body: due_date === today ? null : `It was due on ${due_date}.`,
        occasion: `due:${card.id}:${due_date}`,
      }))
      const added = await insertNotifications(tx, rows)
      if (added.length > 0) await tellListeners(tx, `user:${user_id}`)
      return added
    })
    told += added.length
  }
  if (told > 0) ctx.wakeups.wake(`user:${user_id}`)
  return told
}

/** Quietly, every hour. */
export function startDueJob(
  ctx: DueContext & Pick<AppContext, 'log'>,
  { firstMs = 60_000, everyMs = HOUR_MS }: { firstMs?: number; everyMs?: number } = {},
): AsyncDisposable {
  return repeatWork({ name: 'due_notices', log: ctx.log, firstMs, everyMs, work: () => tellDueCards(ctx) })
}

/** As the calendar on the person's wall has it. */
function localDay(at: Date): string {
  const two = (value: number) => String(value).padStart(2, '0')
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`
}
