import * as queries from '#db/queries/labels.ts'
import type { NewActivity } from '#db/queries/outbox.ts'
import { InvalidInputError, NotFoundError, RefusedError } from '#shared/errors.ts'
import { type BoardId, LabelId, type TaskId } from '#shared/ids.ts'
import {
  type CreateLabel,
  type DeletedLabel,
  type DeleteUnusedLabels,
  type Label,
  type MergedLabels,
  type MergeLabels,
  MOST_LABELS,
  type RestoreLabel,
  type UnmergeLabels,
  type UpdateLabel,
} from '#shared/label.ts'
import { type BoardChange, type BoardContext, changeBoard } from './change-board.ts'

/** By name. */
export function listLabels(ctx: Pick<BoardContext, 'db'>, boardId: BoardId): Promise<Label[]> {
  return queries.listLabels(ctx.db, boardId)
}

export function createLabel(ctx: BoardContext, { board_id, name, color }: CreateLabel): Promise<Label> {
  return changeBoard(ctx, board_id, async (work) => {
    await refuseMore(work)
    await refuseTaken(work, name, null)
    const id = LabelId.parse(ctx.newId())
    const label = await queries.insertLabel(work.tx, { id, board_id, name, color })
    work.tell({ type: 'label_created', data: label }, line(label, 'created', 'added the label'))
    return label
  })
}

export async function updateLabel(ctx: BoardContext, { id, ...values }: UpdateLabel): Promise<Label> {
  const before = await find(ctx, id)
  return changeBoard(ctx, before.board_id, async (work) => {
    if (values.name !== undefined) await refuseTaken(work, values.name, id)
    const label = await queries.updateLabel(work.tx, id, values)
    if (!label) throw new NotFoundError('Label', id)
    work.tell({ type: 'label_updated', data: label }, line(label, 'updated', 'changed the label'))
    return label
  })
}

/** Off all its cards; what it answers is what `restoreLabel` takes. */
export async function deleteLabel(ctx: BoardContext, id: LabelId): Promise<DeletedLabel> {
  const { board_id } = await find(ctx, id)
  return changeBoard(ctx, board_id, async (work) => {
    const label = await queries.findLabel(work.tx, id)
    if (!label) throw new NotFoundError('Label', id)
    return remove(work, label)
  })
}

/** In one transaction; those that are gone already, or that a card outside the trash carries, are left as they are. */
export function deleteUnusedLabels(
  ctx: BoardContext,
  { board_id, ids }: DeleteUnusedLabels,
): Promise<DeletedLabel[]> {
  return changeBoard(ctx, board_id, async (work) => {
    const unused = await queries.listUnusedLabels(work.tx, board_id, ids)
    const deleted: DeletedLabel[] = []
    for (const label of unused) deleted.push(await remove(work, label))
    return deleted
  })
}

async function remove(work: BoardChange, label: Label): Promise<DeletedLabel> {
  const { id } = label
  const task_ids = await queries.removeLabel(work.tx, work.board.id, id)
  work.tell({ type: 'label_deleted', data: { id } }, line(label, 'deleted', 'deleted the label'))
  return { label, task_ids }
}

/** Its cards carry the other label instead, in one transaction; what it answers is what `unmergeLabels` takes. */
export async function mergeLabels(ctx: BoardContext, { id, into_id }: MergeLabels): Promise<MergedLabels> {
  if (id === into_id) throw new InvalidInputError('SAME_LABEL', 'A label cannot be merged into itself.')
  const { board_id } = await find(ctx, id)
  return changeBoard(ctx, board_id, async (work) => {
    const [label, into] = [await queries.findLabel(work.tx, id), await queries.findLabel(work.tx, into_id)]
    if (!label) throw new NotFoundError('Label', id)
    if (into?.board_id !== board_id) throw new NotFoundError('Label', into_id)
    const carried = await queries.removeLabel(work.tx, board_id, id)
    const put_on = await queries.putLabelOn(work.tx, board_id, into_id, carried)
    work.tell(
      { type: 'label_deleted', data: { id } },
      line(label, 'deleted', `merged into “${into.name}” the label`),
    )
    work.tell({ type: 'label_restored', data: { label: into, task_ids: put_on } })
    return { label, task_ids: carried, into, put_on }
  })
}

/** The merged label is there again, and the other one off the cards that got it by merging. */
export function unmergeLabels(
  ctx: BoardContext,
  { into_id, put_on, ...deleted }: UnmergeLabels,
): Promise<Label> {
  return changeBoard(ctx, deleted.label.board_id, async (work) => {
    const restored = await putBack(work, deleted)
    const into = await queries.findLabel(work.tx, into_id)
    if (into?.board_id !== work.board.id) return restored
    const left = await queries.takeLabelOff(work.tx, work.board.id, into_id, put_on)
    // Windows know a label as off all cards, or on these.
    work.tell({ type: 'label_deleted', data: { id: into_id } })
    work.tell({ type: 'label_restored', data: { label: into, task_ids: left } })
    return restored
  })
}

/** The same label again, on those of its cards that are still there. */
export function restoreLabel(ctx: BoardContext, deleted: RestoreLabel): Promise<Label> {
  return changeBoard(ctx, deleted.label.board_id, (work) => putBack(work, deleted))
}

async function putBack(work: BoardChange, { label, task_ids }: RestoreLabel): Promise<Label> {
  const { id, board_id, name, color, created_at } = label
  if (await queries.findLabel(work.tx, id))
    throw new RefusedError('NOT_DELETED', `The label “${name}” is there already.`)
  await refuseMore(work)
  await refuseTaken(work, name, null)
  const restored = await queries.insertLabel(work.tx, { id, board_id, name, color, created_at })
  const ids: TaskId[] = await queries.putLabelOn(work.tx, board_id, id, task_ids)
  work.tell(
    { type: 'label_restored', data: { label: restored, task_ids: ids } },
    line(restored, 'restored', 'restored the label'),
  )
  return restored
}

/** Refuses labels that the board has not: deleted meanwhile, or those of another one. */
export async function refuseUnknownLabels(
  { tx, board }: Pick<BoardChange, 'tx' | 'board'>,
  ids: readonly LabelId[],
): Promise<void> {
  const wanted = [...new Set(ids)]
  const known = await queries.listKnownLabels(tx, board.id, wanted)
  const unknown = wanted.find((id) => !known.includes(id))
  if (unknown) throw new NotFoundError('Label', unknown)
}

async function find(ctx: Pick<BoardContext, 'db'>, id: LabelId): Promise<Label> {
  const label = await queries.findLabel(ctx.db, id)
  if (!label) throw new NotFoundError('Label', id)
  return label
}

async function refuseMore({ tx, board }: BoardChange): Promise<void> {
  if ((await queries.countLabels(tx, board.id)) < MOST_LABELS) return
  throw new RefusedError('TOO_MANY_LABELS', `A board has at most ${MOST_LABELS} labels. Delete one first.`)
}

async function refuseTaken({ tx, board }: BoardChange, name: string, own: LabelId | null): Promise<void> {
  const other = await queries.findLabelNamed(tx, board.id, name, own)
  if (!other) return
  throw new InvalidInputError('NAME_TAKEN', `This board has a label “${other.name}” already.`)
}

function line(label: Label, event_type: NewActivity['event_type'], did: string): NewActivity {
  return {
    event_type,
    message: `${did} “${label.name}”`,
    metadata: { entity: 'label', label_id: label.id, name: label.name, color: label.color },
  }
}
