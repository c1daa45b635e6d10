import * as queries from '#db/queries/notifications.ts'
import type { Notification } from '#shared/notification.ts'
import type { AppContext } from '../context.ts'
import type { DesktopNotices } from '../platform/desktop-port.ts'
import { countUnread, kindsFor, personOf } from './notifications.ts'

type NoticeContext = Pick<AppContext, 'db' | 'wakeups' | 'actor' | 'preferences' | 'log'>

const LOOKED_AT = 100
/** More at once become one. */
const MOST_AT_ONCE = 3

/**
 * Shows on the desktop what comes into the inbox from now on, as the person has chosen for each kind, and how many are
 * unread. Not of a card that the person looks at already.
 */
export function startNativeNotices(ctx: NoticeContext, desktop: DesktopNotices): AsyncDisposable {
  const closing = new AbortController()
  const done = follow(ctx, desktop, closing.signal)
  return {
    async [Symbol.asyncDispose]() {
      closing.abort()
      await done
    },
  }
}

async function follow(ctx: NoticeContext, desktop: DesktopNotices, signal: AbortSignal): Promise<void> {
  using ear = ctx.wakeups.listen(`user:${personOf(ctx)}`)
  let known: Known | null = null
  let shown = -1
  while (!signal.aborted) {
    try {
      const latest = await lookAt(ctx)
      if (known) show(desktop, newsOf(ctx, latest, known))
      known = remember(latest, known)
      const unread = await countUnread(ctx)
      if (unread !== shown) desktop.badge(unread)
      shown = unread
    } catch (error) {
      // The database is away: when it is back, everybody is woken.
      if (!signal.aborted) ctx.log.debug({ err: error }, 'the inbox was not read for the desktop')
    }
    await ear.heard(signal)
  }
}

/** What was there at the start, and what came since: transactions may commit in another order than that of their ids. */
interface Known {
  floor: bigint
  seen: Set<string>
}

function lookAt(ctx: NoticeContext): Promise<Notification[]> {
  return queries.listNotifications(ctx.db, personOf(ctx), {
    unreadOnly: false,
    kinds: queries.ALL_KINDS,
    limit: LOOKED_AT,
  })
}

function remember(latest: readonly Notification[], known: Known | null): Known {
  const floor = known?.floor ?? BigInt(latest[0]?.id ?? 0)
  return { floor, seen: new Set(latest.map(({ id }) => id)) }
}

/** Oldest first. */
function newsOf(ctx: NoticeContext, latest: readonly Notification[], { floor, seen }: Known): Notification[] {
  const wanted = kindsFor(ctx, 'native')
  return latest
    .filter(({ id, kind, read_at }) => {
      const isNew = !seen.has(id) && BigInt(id) > floor
      return isNew && read_at === null && wanted.includes(kind)
    })
    .toReversed()
}

function show(desktop: DesktopNotices, news: readonly Notification[]): void {
  const unseen = news.filter(({ task_id }) => task_id === null || !desktop.isInView(task_id))
  if (unseen.length <= MOST_AT_ONCE) {
    for (const { title, body, board_id, task_id } of unseen)
      desktop.show({ title, body: body ?? '', place: board_id && { board_id, task_id } })
    return
  }
  const titles = unseen.slice(-MOST_AT_ONCE).map(({ title }) => title)
  desktop.show({ title: `${unseen.length} new notifications`, body: titles.join('\n'), place: null })
}
