import type { ExecutionRow } from '#db/queries/executions.ts'
import { settleNotifications } from '#db/queries/notifications.ts'
import { findTask } from '#db/queries/tasks.ts'
import { isUser } from '#db/queries/users.ts'
import { cutText } from '#shared/cut-text.ts'
import { UserId } from '#shared/ids.ts'
import type { NotificationKind } from '#shared/notification.ts'
import type { Task } from '#shared/task.ts'
import type { BoardChange } from '../services/change-board.ts'
import { notifyPeople } from '../services/notify.ts'
import { cardName } from '../services/task-activity.ts'
import type { Fact } from './state.ts'

type Concerning = Pick<ExecutionRow, 'id' | 'task_id' | 'requested_by'>
type Row = Concerning & Pick<ExecutionRow, 'workflow_type' | 'files_changed'>

const LONGEST_BODY = 500

/** Somebody has looked after it. */
const SETTLES: readonly Fact['type'][] = [
  'resumed',
  'questions_answered',
  'gate_passed',
  'plan_returned',
  'merged',
  'discarded',
]

/**
 * Tells those whom it concerns what became of an execution, with the fact itself: who asked for it, and the person that
 * the card is assigned to. What was told before is settled once somebody goes on with the result. Nobody is told of cards
 * in the trash.
 */
export async function tellPeople(
  work: BoardChange,
  row: Row,
  facts: readonly Fact[],
  now: Date,
): Promise<void> {
  for (const fact of facts) {
    if (SETTLES.includes(fact.type) || (fact.type === 'completed' && fact.by_person)) {
      for (const userId of await settleNotifications(work.tx, row.id)) work.wake(`user:${userId}`)
      continue
    }
    const notice = noticeOf(row, fact)
    const occasion = `execution:${row.id}:${now.toISOString()}` // each end anew
    if (notice) await tellConcerned(work, row, { ...notice, occasion })
  }
}

/** Tells those whom an execution concerns something of its card, once for each occasion; nobody when that is in the trash. */
export async function tellConcerned(
  work: BoardChange,
  row: Concerning,
  { kind, sentence, body, occasion }: Notice & { occasion: string },
): Promise<void> {
  const card = await findTask(work.tx, row.task_id)
  if (!card) return
  const people = await peopleConcerned(work, row, card)
  await notifyPeople(
    work,
    people.map((user_id) => ({
      user_id,
      kind,
      task_id: card.id,
      execution_id: row.id,
      title: sentence(cardName(work.board, card)),
      body: cutText(body, LONGEST_BODY),
      occasion,
    })),
  )
}

/** Who asked for an execution, and the person that its card is assigned to. */
async function peopleConcerned(
  { tx }: Pick<BoardChange, 'tx'>,
  row: Concerning,
  card: Task,
): Promise<UserId[]> {
  const people = new Set<UserId>()
  if (row.requested_by) people.add(row.requested_by)
  const assignee = UserId.safeParse(/^person:(.+)$/.exec(card.assigned_to ?? '')?.[1])
  if (assignee.success && (await isUser(tx, assignee.data))) people.add(assignee.data)
  return [...people]
}

interface Notice {
  kind: NotificationKind
  sentence(card: string): string
  body: string
}

/** None for what goes on by itself, and for what a person did just now. */
function noticeOf(row: Row, fact: Fact): Notice | null {
  switch (fact.type) {
    case 'questions_asked': {
      const body = 'The card is not clear enough to begin. Answer the questions of the agents, or skip them.'
      return { kind: 'needs_input', sentence: (card) => `The agents have questions about ${card}`, body }
    }
    case 'gate_reached':
      return {
        kind: 'needs_input',
        sentence: (card) => `${card} waits for your decision`,
        body: fact.question,
      }
    case 'completed': {
      if (fact.by_person) return null
      const sentence = (card: string) => doneSentence(row, card)
      return { kind: 'finished', sentence, body: fact.message }
    }
    case 'blocked': {
      const sentence = (card: string) =>
        `${card} ${fact.kind === 'budget' ? 'is out of budget' : 'needs you'}`
      return { kind: 'needs_input', sentence, body: fact.message }
    }
    case 'failed':
      return { kind: 'failed', sentence: (card) => `${card} failed`, body: fact.message }
    case 'interrupted':
      return { kind: 'failed', sentence: (card) => `${card} was interrupted`, body: fact.message }
    default:
      return null
  }
}

/** As its card says it: what changed nothing has nothing to review. */
function doneSentence({ workflow_type, files_changed }: Row, card: string): string {
  if (workflow_type === 'architecture_only') return `The plan for ${card} is ready`
  return files_changed === 0 ? `${card} is done, no changes` : `${card} is ready for review`
}
