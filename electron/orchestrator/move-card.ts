import { findActiveExecution, listAlternatives } from '#db/queries/executions.ts'
import type { Column } from '#shared/column.ts'
import type { ExecutionStatus } from '#shared/execution.ts'
import { type ColumnRole, markTask, placeTask } from '../services/place-task.ts'
import { NoRoomError } from './no-room.ts'
import type { Recording } from './recording.ts'
import type { Fact } from './state.ts'

/** Where a card goes when something is true from now on, and which status it gets; null: it stays where it is. */
const PLACES: Partial<Record<Fact['type'] | ExecutionStatus, { role: ColumnRole | null; status: string }>> = {
  started: { role: 'agents', status: 'in_progress' },
  resumed: { role: 'agents', status: 'in_progress' },
  completed: { role: 'review', status: 'in_review' },
  blocked: { role: 'review', status: 'blocked' },
  failed: { role: null, status: 'open' },
  cancelled: { role: null, status: 'open' },
  interrupted: { role: null, status: 'open' },
  merged: { role: 'end', status: 'done' },
  merge_reverted: { role: 'review', status: 'in_review' },
  discarded: { role: 'start', status: 'open' },
}

/** What is brought back has the place of its end: only what is to be looked at waits in review. */
function placeAfter({ type }: Fact, { status }: Recording['row']) {
  return PLACES[type === 'restored' ? status : type]
}

/** What becomes of one alternative does not take the card away from another one that is still to be looked at. */
async function otherAlternatives(
  { tx }: Recording['work'],
  { id, group_id }: Recording['row'],
  facts: Recording['facts'],
): Promise<'none' | 'ready' | 'unresolved'> {
  const ends = ['failed', 'blocked', 'cancelled', 'interrupted', 'discarded']
  if (!group_id || !facts.some(({ type }) => ends.includes(type))) return 'none'
  const group = (await listAlternatives(tx, group_id)).filter((other) => other.id !== id)
  if (group.some(({ resolution }) => resolution === 'merged')) return 'unresolved' // the card is done
  const others = group.filter(({ resolution }) => resolution === 'none')
  if (others.some(({ status }) => status === 'completed')) return 'ready'
  return others.length > 0 && facts.some(({ type }) => type === 'discarded') ? 'unresolved' : 'none'
}

/**
 * The card follows its agents: finished work waits for the person in the review column. While others work on it,
 * it stays with them, whatever becomes of an older result. Agents bring no column above its limit: what is done stays
 * where it is until there is room, and what goes on waits for it; one that begins does not begin (NoRoomError).
 */
export async function moveCard(recording: Moving): Promise<void> {
  const { work, row, facts } = recording
  if (!facts.some((fact) => placeAfter(fact, row)) || (await isHeldByOthers(recording))) return
  const others = await otherAlternatives(work, row, facts)
  if (others === 'ready') {
    const full = await placeTask(work, row.task_id, 'review', 'in_review')
    if (full) waitForRoom(recording, full)
  }
  if (others !== 'none') return
  for (const fact of facts) await follow(recording, fact)
}

type Moving = Pick<Recording, 'work' | 'row' | 'facts' | 'log'>

/** Another execution is at work on the card, and not beside this one as its alternative. */
async function isHeldByOthers({ work, row, facts }: Moving): Promise<boolean> {
  // Who merges one of several alternatives has chosen: the others are about to be ended.
  const outside = facts.some(({ type }) => type === 'merged') ? row.group_id : null
  const active = await findActiveExecution(work.tx, row.task_id, { besides: row.id, outside })
  const begins = facts.some(({ type }) => type === 'started' || type === 'resumed')
  return active !== null && !(begins && row.group_id !== null)
}

async function follow(recording: Moving, fact: Fact): Promise<void> {
  const { work, row } = recording
  const place = placeAfter(fact, row)
  if (!place) return
  if (!place.role) return markTask(work, row.task_id, place.status)
  const forced = ['merged', 'merge_reverted', 'discarded', 'restored'].includes(fact.type) // a person has decided
  const full = await placeTask(work, row.task_id, place.role, place.status, { forced })
  if (full && fact.type === 'started') throw new NoRoomError(full)
  if (full) waitForRoom(recording, full)
}

function waitForRoom({ work, log }: Moving, { name, wip_limit }: Column): void {
  const text = `“${name}” is at its limit of ${wip_limit}. The card goes there as soon as there is room.`
  log({ type: 'notice', level: 'info', text })
  work.wake('room')
}
