import type { BoardDraft } from './read-board-file.ts'

/**
 * The numbers of those cards of a file that wait for others and start by themselves when the last of them is done: they
 * waited where the file is from, in a column that starts agents, and something in the file still blocks them. A card
 * whose blockers are all done by now is not among them: it would start where nobody did anything.
 */
export function numbersThatWait({ head, tasks }: Pick<BoardDraft, 'head' | 'tasks'>): ReadonlySet<number> {
  const columns = new Map(head.columns.map((column) => [column.id, column]))
  const open = new Set<number>()
  const waiting = new Set<number>()
  for (const { number, column: id, archived_at, trashed, waits_for_blockers } of tasks) {
    const column = columns.get(id)
    if (number === undefined || !column || column.trashed || trashed || archived_at) continue
    if (!column.is_end_column) open.add(number)
    if (waits_for_blockers && column.triggers_agents) waiting.add(number)
  }
  const blocked = head.links.filter(({ from, kind }) => kind === 'blocks' && open.has(from))
  return new Set(blocked.map(({ to }) => to).filter((number) => waiting.has(number)))
}
