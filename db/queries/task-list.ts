import { and, eq, inArray, isNull, sql } from 'drizzle-orm'
import type { BoardId, TaskId } from '#shared/ids.ts'
import { Task } from '#shared/task.ts'
import type { Db } from '../client.ts'
import { boards, tasks } from '../schema/boards.ts'

/** Takes so many numbers of cards, and gives the first. */
export async function takeTaskNumbers(tx: Db, boardId: BoardId, count: number): Promise<number> {
  const [row] = await tx
    .update(boards)
    .set({ next_task_number: sql`${boards.next_task_number} + ${count}` })
    .where(eq(boards.id, boardId))
    .returning({ next: boards.next_task_number })
  if (!row) throw new Error('The board is not there')
  return row.next - count
}

/** The beginnings, up to a space, of the titles of all cards on a board. */
export async function listTitleBeginnings(db: Db, boardId: BoardId): Promise<ReadonlySet<string>> {
  const rows = await db
    .selectDistinct({ begin: sql<string>`split_part(${tasks.title}, ' ', 1)` })
    .from(tasks)
    .where(and(eq(tasks.board_id, boardId), isNull(tasks.deleted_at)))
  return new Set(rows.map((row) => row.begin))
}

/** In the order of the ids. */
export async function listTasksById(db: Db, ids: readonly TaskId[]): Promise<Task[]> {
  const rows = await db
    .select()
    .from(tasks)
    .where(inArray(tasks.id, [...ids]))
  const found = new Map(rows.map((row) => [row.id, row]))
  return ids.map((id) => Task.parse(found.get(id)))
}
