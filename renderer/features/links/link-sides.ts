import type { TaskId } from '#shared/ids.ts'
import type { CreateLink, LinkKind, TaskLink } from '#shared/task-link.ts'
import { texts } from '../../lib/texts/texts.ts'

/** A link as one of its two cards sees it. */
export type LinkSide = 'blocked_by' | 'blocks' | 'relates' | 'duplicates' | 'duplicated_by'

export const SIDES: readonly { side: LinkSide; name: string }[] = [
  { side: 'blocked_by', name: texts.links.blocked },
  { side: 'blocks', name: texts.links.blocks },
  { side: 'relates', name: texts.links.relates },
  { side: 'duplicates', name: texts.links.duplicates },
  { side: 'duplicated_by', name: texts.links.duplicated },
]

const OTHER_WAY: Readonly<Record<LinkKind, LinkSide>> = {
  blocks: 'blocked_by',
  relates: 'relates',
  duplicates: 'duplicated_by',
}

/** The links of a card, each with the card at its other end and what that one is to it. */
export function linksOf(
  id: TaskId,
  links: readonly TaskLink[],
): { link: TaskLink; side: LinkSide; other: TaskId }[] {
  return links.flatMap((link) => {
    if (link.task_id === id) return [{ link, side: link.kind, other: link.other_task_id }]
    if (link.other_task_id === id) return [{ link, side: OTHER_WAY[link.kind], other: link.task_id }]
    return []
  })
}

/** The link that makes the other card this to the card. */
export function linkTo(id: TaskId, side: LinkSide, other: TaskId): CreateLink {
  if (side === 'blocked_by') return { task_id: other, other_task_id: id, kind: 'blocks' }
  if (side === 'duplicated_by') return { task_id: other, other_task_id: id, kind: 'duplicates' }
  return { task_id: id, other_task_id: other, kind: side }
}
