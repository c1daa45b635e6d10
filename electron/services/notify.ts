import { insertNotifications, type NewNotification } from '#db/queries/notifications.ts'
import type { Notification } from '#shared/notification.ts'
import type { BoardChange } from './change-board.ts'

type Notice = Omit<Notification, 'id' | 'read_at' | 'created_at' | 'board_id'> &
  Pick<NewNotification, 'user_id' | 'occasion'>

/** Tells people something, once for each occasion, when the change of the board is committed. */
export async function notifyPeople(
  { tx, board, wake }: Pick<BoardChange, 'tx' | 'board' | 'wake'>,
  notices: readonly Notice[],
): Promise<void> {
  const told = await insertNotifications(
    tx,
    notices.map((notice) => ({ ...notice, board_id: board.id })),
  )
  for (const { user_id } of told) wake(`user:${user_id}`)
}
