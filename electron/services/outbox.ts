import type { Db } from '#db/client.ts'
import { type NewActivity, writeOutbox } from '#db/queries/outbox.ts'
import type { Actor } from '#shared/actor.ts'
import type { BoardEvent } from '#shared/board-event.ts'
import { isActive } from '#shared/execution.ts'
import type { BoardId } from '#shared/ids.ts'
import type { Topic } from '../events/wakeups.ts'

/** Gathers what a change of a board has to say, and writes all of it at its end, in one statement. */
export interface Outbox {
  /** Says what happened: to windows, and in words that people read, without their subject. */
  tell(event: BoardEvent, ...activities: NewActivity[]): void
  /** Says it to people alone: no window shows anything else after it. */
  note(...activities: NewActivity[]): void
  /** Wakes readers of something else, in every app, after the commit. */
  wake(topic: Topic): void
  write(tx: Db): Promise<void>
}

export function openOutbox(boardId: BoardId, actor: Actor): Outbox {
  const events: BoardEvent[] = []
  const activities: NewActivity[] = []
  const topics = new Set<Topic>([`board:${boardId}`])
  return {
    tell(event, ...more) {
      events.push(event)
      activities.push(...more)
      if (changesList(event)) topics.add('boards')
    },
    note: (...more) => void activities.push(...more),
    wake: (topic) => void topics.add(topic),
    write: (tx) => writeOutbox(tx, { boardId, actor, events, activities, topics: [...topics] }),
  }
}

/** Whether the list of boards shows something else after this: names, and where agents are at work. */
function changesList(event: BoardEvent): boolean {
  if (event.type === 'execution_updated')
    return !isActive(event.data.status) || event.data.current_phase === null
  return event.type.startsWith('board_') || event.type === 'execution_created'
}
