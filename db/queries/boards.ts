import { and, desc, eq, inArray, isNotNull, isNull, type SQL, sql } from 'drizzle-orm'
import { AT_WORK, NEEDS_YOU } from '#shared/agent-state.ts'
import { Board, type BoardListItem, type UpdateBoard } from '#shared/board.ts'
import type { ExecutionStatus } from '#shared/execution.ts'
import type { BoardId, ProjectId } from '#shared/ids.ts'
import type { Db } from '../client.ts'
import { boards, tasks } from '../schema/boards.ts'
import { executions } from '../schema/executions.ts'
import { projects } from '../schema/projects.ts'
import { storable } from '../storable.ts'

const isLive = isNull(boards.deleted_at)

/** Newest first (seed 1, section 5.2), each with the number of its cards and of the agents that are at work, wait or failed. */
export async function listBoards(db: Db): Promise<BoardListItem[]> {
  const runs = db
    .select({
      board_id: executions.board_id,
      running: counted(RUNNING).as('running'),
      queued: counted(QUEUED).as('queued'),
      needs_you: counted(NEEDS_YOU).as('needs_you'),
      failed: counted(FAILED).as('failed'),
    })
    .from(executions)
    .innerJoin(
      tasks,
      and(eq(tasks.id, executions.task_id), eq(tasks.current_execution_id, executions.id), isOnBoard),
    )
    .where(and(eq(executions.resolution, 'none'), inArray(executions.status, TOLD)))
    .groupBy(executions.board_id)
    .as('runs')
  return db
    .select({
      id: boards.id,
      name: boards.name,
      description: boards.description,
      key: boards.key,
      project_id: boards.project_id,
      archived_at: boards.archived_at,
      created_at: boards.created_at,
      project_path: projects.path,
      // Counted for each board by an index of what is on it: a join would read every card.
      task_count:
        sql`(select count(*) from ${tasks} where ${tasks.board_id} = ${boards.id} and ${isOnBoard})`.mapWith(
          Number,
        ),
      running_count: sql`coalesce(${runs.running}, 0)`.mapWith(Number),
      queued_count: sql`coalesce(${runs.queued}, 0)`.mapWith(Number),
      needs_you_count: sql`coalesce(${runs.needs_you}, 0)`.mapWith(Number),
      failed_count: sql`coalesce(${runs.failed}, 0)`.mapWith(Number),
    })
    .from(boards)
    .leftJoin(projects, eq(projects.id, boards.project_id))
    .leftJoin(runs, eq(runs.board_id, boards.id))
    .where(isLive)
    .orderBy(desc(boards.created_at), desc(boards.id))
}

const isOnBoard = and(isNull(tasks.deleted_at), isNull(tasks.archived_at))
const RUNNING = ['running'] as const satisfies readonly ExecutionStatus[]
const QUEUED = ['pending'] as const satisfies readonly ExecutionStatus[]
const FAILED = ['failed'] as const satisfies readonly ExecutionStatus[]
const TOLD = [...AT_WORK, ...NEEDS_YOU, ...FAILED]

/** How many executions are in one of these states. */
function counted(statuses: readonly ExecutionStatus[]): SQL<number> {
  return sql<number>`count(*) filter (where ${inArray(executions.status, [...statuses])})`.mapWith(Number)
}

export async function findBoard(db: Db, id: BoardId): Promise<Board | null> {
  const [row] = await db
    .select()
    .from(boards)
    .where(and(eq(boards.id, id), isLive))
  return row ? Board.parse(row) : null
}

export async function findBoardByKey(db: Db, key: string): Promise<Board | null> {
  const [row] = await db
    .select()
    .from(boards)
    .where(and(eq(boards.key, key), isLive))
  return row ? Board.parse(row) : null
}

/** The oldest board of a project: the one that the terminal command writes to. */
export async function findBoardOfProject(db: Db, projectId: ProjectId): Promise<Board | null> {
  const [row] = await db
    .select()
    .from(boards)
    .where(and(eq(boards.project_id, projectId), isLive))
    .orderBy(boards.created_at)
    .limit(1)
  return row ? Board.parse(row) : null
}

/**
 * The keys that are taken, held until the end of the transaction so that nobody else chooses one meanwhile.
 * Trashed boards keep theirs: a key is never given twice.
 */
export async function holdBoardKeys(tx: Db): Promise<string[]> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext('agent_rangers board keys'))`)
  return (await tx.select({ key: boards.key }).from(boards)).map((row) => row.key)
}

export async function insertBoard(
  tx: Db,
  values: Pick<Board, 'id' | 'name' | 'description' | 'key' | 'project_id' | 'settings'> & {
    next_task_number?: number
  },
): Promise<Board> {
  const [row] = await tx.insert(boards).values(storable(values)).returning()
  return Board.parse(row)
}

export async function updateBoard(
  tx: Db,
  id: BoardId,
  values: Omit<UpdateBoard, 'id'>,
): Promise<Board | null> {
  if (Object.values(values).every((value) => value === undefined)) return findBoard(tx, id)
  const [row] = await tx
    .update(boards)
    .set(values)
    .where(and(eq(boards.id, id), isLive))
    .returning()
  return row ? Board.parse(row) : null
}

export async function setBoardArchived(tx: Db, id: BoardId, at: Date | null): Promise<Board | null> {
  const [row] = await tx
    .update(boards)
    .set({ archived_at: at })
    .where(and(eq(boards.id, id), isLive))
    .returning()
  return row ? Board.parse(row) : null
}

/** Puts the board in the trash, or takes it out. */
export async function setBoardTrashed(tx: Db, id: BoardId, at: Date | null): Promise<Board | null> {
  const [row] = await tx
    .update(boards)
    .set({ deleted_at: at })
    .where(and(eq(boards.id, id), at ? isLive : isNotNull(boards.deleted_at)))
    .returning()
  return row ? Board.parse(row) : null
}

/** The number that the next card will get. */
export async function nextTaskNumber(db: Db, id: BoardId): Promise<number> {
  const [row] = await db.select({ next: boards.next_task_number }).from(boards).where(eq(boards.id, id))
  return row?.next ?? 1
}
