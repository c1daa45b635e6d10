import type { ActivityMetadata, ActivityType } from '#shared/activity.ts'
import type { Actor } from '#shared/actor.ts'
import type { BoardEvent } from '#shared/board-event.ts'
import type { BoardId, ExecutionId, TaskId } from '#shared/ids.ts'
import type { Db } from '../client.ts'
import { CHANNEL } from '../listener.ts'
import { runNamed } from '../named-statement.ts'
import { storable, storableJson } from '../storable.ts'

/** A line of the feed that is to be written. */
export interface NewActivity {
  event_type: ActivityType
  message: string
  task_id?: TaskId
  task_execution_id?: ExecutionId
  metadata?: ActivityMetadata
  /** Who did it, where that is not who makes the change. */
  actor?: Actor
}

/** What a change of a board has to say. */
export interface Told {
  boardId: BoardId
  actor: Actor
  events: readonly BoardEvent[]
  activities: readonly NewActivity[]
  /** What listeners hear on commit (ids only: the limit is 8,000 bytes). */
  topics: readonly string[]
}

/** Writes events and activity, each in its order, and tells listeners on commit. The caller holds the board. */
export async function writeOutbox(tx: Db, told: Told): Promise<void> {
  const [event, ...events] = told.events
  const [activity, ...activities] = told.activities
  const [topic, ...topics] = told.topics
  const isOne = events.length === 0 && activities.length === 0 && topics.length === 0
  if (event && activity && topic && isOne) await writeOne(tx, told, event, activity, topic)
  else await writeMany(tx, told)
}

/** What nearly every change has to say: no lists to be taken apart, which were a sixth of it. */
async function writeOne(
  tx: Db,
  { boardId, actor: own }: Told,
  { type, data }: BoardEvent,
  { actor = own, metadata = {}, ...activity }: NewActivity,
  topic: string,
): Promise<void> {
  await runNamed(tx, 'write_outbox_of_one', WRITE_ONE, [
    boardId,
    type,
    JSON.stringify(data),
    activity.task_id ?? null,
    activity.task_execution_id ?? null,
    actor.type,
    actor.id,
    storable(actor.name),
    activity.event_type,
    storable(activity.message),
    storableJson(metadata),
    CHANNEL,
    topic,
  ])
}

async function writeMany(tx: Db, { boardId, actor, events, activities, topics }: Told): Promise<void> {
  const lines = activities.map(({ actor: own, ...line }) => ({ metadata: {}, ...line, actor: own ?? actor }))
  await runNamed(tx, 'write_outbox', WRITE, [
    boardId,
    JSON.stringify(events),
    storableJson(lines),
    CHANNEL,
    [...topics],
  ])
}

/** Wakes readers of what is on no board, in every app, on commit. */
export async function tellListeners(tx: Db, topic: string): Promise<void> {
  await runNamed(tx, 'tell_listeners', 'SELECT pg_notify($1, $2)', [CHANNEL, topic])
}

const WRITE_ONE = `
  WITH told AS (
    INSERT INTO board_events (board_id, type, data) VALUES ($1, $2, $3)
  ), noted AS (
    INSERT INTO activity_logs
      (board_id, task_id, task_execution_id, actor_type, actor_id, actor_name, event_type, message, metadata)
    VALUES ($1, $4, $5, $6, $7, $8, $9, $10, $11)
  )
  SELECT pg_notify($12, $13)`

const WRITE = `
  WITH told AS (
    INSERT INTO board_events (board_id, type, data)
    SELECT $1::uuid, value ->> 'type', value -> 'data'
    FROM jsonb_array_elements($2::jsonb) WITH ORDINALITY AS e (value, place) ORDER BY place
  ), noted AS (
    INSERT INTO activity_logs
      (board_id, task_id, task_execution_id, actor_type, actor_id, actor_name, event_type, message, metadata)
    SELECT $1::uuid, (value ->> 'task_id')::uuid, (value ->> 'task_execution_id')::uuid,
      value -> 'actor' ->> 'type', value -> 'actor' ->> 'id', value -> 'actor' ->> 'name',
      value ->> 'event_type', value ->> 'message', value -> 'metadata'
    FROM jsonb_array_elements($3::jsonb) WITH ORDINALITY AS a (value, place) ORDER BY place
  )
  SELECT pg_notify($4, topic) FROM unnest($5::text[]) AS topic`
