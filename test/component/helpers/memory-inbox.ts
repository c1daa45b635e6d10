import type { ListNotifications, MarkNotifications, Notification } from '#shared/notification.ts'
import { at, BOARD, taskId } from '../../unit/renderer/fixtures.ts'

export function notification(number: number, values: Partial<Notification> = {}): Notification {
  return {
    id: String(number),
    kind: 'finished',
    board_id: BOARD,
    task_id: taskId(number),
    execution_id: null,
    title: `Notice ${number}`,
    body: null,
    read_at: null,
    created_at: at(number),
    ...values,
  }
}

/** What a person was told, as the app keeps it. */
export class MemoryInbox {
  items: Notification[] = []
  #wake: (() => void) | null = null

  list({ before, unread_only, kind, limit }: ListNotifications): Notification[] {
    return this.items
      .filter((one) => !(unread_only && one.read_at) && (!kind || one.kind === kind))
      .filter(({ id }) => !before || Number(id) < Number(before))
      .toSorted((one, other) => Number(other.id) - Number(one.id))
      .slice(0, limit)
  }

  mark(which: MarkNotifications, isRead: boolean): { marked: string[] } {
    const isMeant = ({ id, read_at }: Notification) =>
      'all' in which ? (read_at === null) === isRead : which.ids.includes(id)
    const marked = this.items.filter(isMeant).map(({ id }) => id)
    this.items = this.items.map((one) =>
      marked.includes(one.id) ? { ...one, read_at: isRead ? at(0) : null } : one,
    )
    this.#wake?.()
    return { marked }
  }

  async *follow(signal: AbortSignal) {
    while (!signal.aborted) {
      yield { unread: this.items.filter(({ read_at }) => read_at === null).length }
      await new Promise<void>((resolve) => {
        this.#wake = resolve
        signal.addEventListener('abort', () => resolve(), { once: true })
      })
    }
  }
}
