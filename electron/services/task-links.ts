import * as queries from '#db/queries/task-links.ts'
import { listCards } from '#db/queries/tasks.ts'
import { findCycle } from '#shared/dependency.ts'
import { NotFoundError, RefusedError } from '#shared/errors.ts'
import { LinkId, type TaskId } from '#shared/ids.ts'
import type { Task } from '#shared/task.ts'
import type { CreateLink, LinkKind, TaskLink } from '#shared/task-link.ts'
import { releaseWaiting, type StartContext } from './blockers.ts'
import { type BoardChange, type BoardContext, changeBoard } from './change-board.ts'
import { cardActivity, cardName } from './task-activity.ts'

type Card = Pick<Task, 'id' | 'number' | 'title'>

/** What is said already is not said twice: then the link that there is comes back. */
export function createLink(ctx: BoardContext, input: CreateLink): Promise<TaskLink> {
  return changeBoard(ctx, { task: input.task_id }, async (work) => {
    const cards = await cardsOf(work, [input.task_id, input.other_task_id])
    const same = await queries.findSameLink(work.tx, input)
    if (same) return same
    if (input.kind === 'blocks') await refuseCycle(work, input.task_id, input.other_task_id)
    const link = await queries.insertLink(work.tx, {
      ...input,
      id: input.id ?? LinkId.parse(ctx.newId()),
      board_id: work.board.id,
    })
    work.tell({ type: 'link_created', data: link }, line(work, link, cards, 'linked', SAYS))
    return link
  })
}

/** A card that waited for nothing else starts where its column says so. */
export async function deleteLink(ctx: BoardContext & StartContext, id: LinkId): Promise<{ id: LinkId }> {
  const found = await queries.findLink(ctx.db, id)
  if (!found) throw new NotFoundError('Link', id)
  return changeBoard(ctx, found.board_id, async (work) => {
    const link = await queries.findLink(work.tx, id)
    if (!link) throw new NotFoundError('Link', id)
    await queries.deleteLink(work.tx, id)
    const cards = await listCards(work.tx, work.board.id, [link.task_id, link.other_task_id])
    work.tell({ type: 'link_deleted', data: { id } }, line(work, link, cards, 'unlinked', SAYS_NOT))
    if (link.kind === 'blocks') await releaseWaiting(ctx, work)
    return { id }
  })
}

/** Both cards, which must be on this board and not in the trash. */
async function cardsOf({ tx, board }: BoardChange, ids: TaskId[]): Promise<Card[]> {
  const cards = await listCards(tx, board.id, ids)
  for (const id of ids) {
    if (cards.find((card) => card.id === id)?.deleted_at !== null) throw new NotFoundError('Task', id)
  }
  return cards
}

async function refuseCycle({ tx, board }: BoardChange, blocker: TaskId, blocked: TaskId): Promise<void> {
  const chain = findCycle(blocker, blocked, await queries.listLinks(tx, board.id))
  if (!chain) return
  const cards = await listCards(tx, board.id, chain)
  const names = chain.map((id) => {
    const card = cards.find((one) => one.id === id)
    return card ? cardName(board, card) : id
  })
  throw new RefusedError(
    'LINK_CYCLE',
    `These cards would wait for each other for ever: ${names.join(' already blocks ')}.`,
    { chain },
  )
}

const SAYS: Readonly<Record<LinkKind, string>> = {
  blocks: 'said that {one} blocks {other}',
  relates: 'related {one} to {other}',
  duplicates: 'said that {one} duplicates {other}',
}
const SAYS_NOT: Readonly<Record<LinkKind, string>> = {
  blocks: 'said that {one} does not block {other} any more',
  relates: 'said that {one} is not related to {other} any more',
  duplicates: 'said that {one} does not duplicate {other} any more',
}

function line(
  { board }: BoardChange,
  link: TaskLink,
  cards: readonly Card[],
  type: 'linked' | 'unlinked',
  sentences: Readonly<Record<LinkKind, string>>,
) {
  const nameOf = (id: TaskId) => {
    const card = cards.find((one) => one.id === id)
    return card ? cardName(board, card) : 'a card that is gone'
  }
  const card = cards.find((one) => one.id === link.task_id) ?? cards[0]
  const [before = '', after = ''] = sentences[link.kind].split('{other}')
  const sentence = (one: string) =>
    `${before.replace('{one}', () => one)}${nameOf(link.other_task_id)}${after}`
  const metadata = { kind: link.kind, other_task_id: link.other_task_id }
  if (!card) return { event_type: type, message: sentence(nameOf(link.task_id)), metadata }
  return cardActivity(board, card, type, sentence, metadata)
}
