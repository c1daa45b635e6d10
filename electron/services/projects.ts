import path from 'node:path'
import { findBoardOfProject } from '#db/queries/boards.ts'
import * as queries from '#db/queries/projects.ts'
import { listWorkspacePaths } from '#db/queries/workspaces.ts'
import { inTransaction } from '#db/transaction.ts'
import type { Board } from '#shared/board.ts'
import { NotFoundError } from '#shared/errors.ts'
import { ProjectId } from '#shared/ids.ts'
import type {
  FolderReport,
  LocateProject,
  OpenProject,
  Project,
  ProjectPlace,
  UpdateProject,
} from '#shared/project.ts'
import type { AppContext } from '../context.ts'
import { createSampleRepository, SAMPLE_CARDS, SAMPLE_NAME } from '../sample/sample.ts'
import { inspectFolder } from '../workspaces/inspect-folder.ts'
import { relinkWorkspaces } from '../workspaces/relink-workspaces.ts'
import { createBoard, getBoard, updateBoard } from './boards.ts'
import { type BoardContext, changeSigned } from './change-board.ts'
import { locateProject, placeOfProject } from './local-project.ts'
import { createTask } from './tasks.ts'

type PlaceContext = Pick<AppContext, 'db' | 'places'>
type ProjectContext = BoardContext & Pick<AppContext, 'config' | 'places'>

export interface OpenedProject {
  project: Project
  board: Board
  /** False when the folder had been opened before. */
  is_new: boolean
}

export function listProjects(ctx: Pick<AppContext, 'db'>): Promise<Project[]> {
  return queries.listProjects(ctx.db)
}

export function pickFolder(ctx: Pick<AppContext, 'desktop'>): Promise<string | null> {
  return ctx.desktop.pickFolder('Open a folder or git repository')
}

export function inspect(folder: string, signal: AbortSignal): Promise<FolderReport> {
  return inspectFolder(folder, signal)
}

/**
 * The project of a folder and its board; both are made when they are new. The check command is only proposed by
 * what was found in the folder: it is stored when the person accepts it (updateProject).
 */
export async function openProject(
  ctx: ProjectContext,
  input: OpenProject,
  signal: AbortSignal,
): Promise<OpenedProject> {
  const report = await inspectFolder(input.path, signal)
  return openReport(ctx, report, { name: path.basename(report.path) || report.path, is_sample: false })
}

async function openReport(
  ctx: ProjectContext,
  report: FolderReport,
  values: { name: string; is_sample: boolean; check_command?: string },
): Promise<OpenedProject> {
  const isRepository = report.kind !== 'plain_folder'
  const located = await ctx.places.whose(report.path)
  const known =
    (located && (await queries.findProject(ctx.db, located))) ??
    (await queries.findProjectByPath(ctx.db, report.path))
  const inserted =
    known ??
    (await changeSigned(ctx, (tx) =>
      queries.insertProject(tx, {
        id: ProjectId.parse(ctx.newId()),
        path: report.path,
        is_repository: isRepository,
        check_command: null,
        setup_command: null,
        lint_command: null,
        run_command: null,
        ...values,
      }),
    ))
  // A folder may have become a repository since it was last opened.
  const project =
    inserted.is_repository === isRepository
      ? inserted
      : ((await changeSigned(ctx, (tx) =>
          queries.updateProject(tx, inserted.id, { is_repository: isRepository }),
        )) ?? inserted)
  const opened = await inTransaction(ctx.db, async (tx) => {
    await queries.lockProject(tx, project.id)
    const board = await findBoardOfProject(tx, project.id)
    if (board) return { project, board, is_new: false }
    const input = { name: project.name, project_id: project.id, template: 'development' } as const
    return { project, board: await createBoard({ ...ctx, db: tx }, input), is_new: true }
  })
  if (opened.is_new) ctx.wakeups.wake('boards')
  return opened
}

/** Whether a project's folder is on this computer, and where. */
export function getPlace(ctx: PlaceContext, id: ProjectId, signal: AbortSignal): Promise<ProjectPlace> {
  return placeOfProject(ctx, id, signal)
}

/** Says where a project's folder is on this computer; worktrees of one that was moved here are tied to it again. */
export async function locate(
  ctx: PlaceContext,
  input: LocateProject,
  signal: AbortSignal,
): Promise<ProjectPlace> {
  const place = await locateProject(ctx, input, signal)
  await relinkWorkspaces(place.path, await listWorkspacePaths(ctx.db, input.id), signal)
  return place
}

export async function updateProject(
  ctx: Pick<AppContext, 'db' | 'actor'>,
  { id, ...values }: UpdateProject,
): Promise<Project> {
  const project = await changeSigned(ctx, (tx) => queries.updateProject(tx, id, values))
  if (!project) throw new NotFoundError('Project', id)
  return project
}

/** The sample in the data folder: a small repository with a failing test, and a board whose cards the demo agent can do. */
export async function openSample(ctx: ProjectContext, signal: AbortSignal): Promise<OpenedProject> {
  const folder = path.join(ctx.config.dataFolder, 'sample', 'durations')
  const { checkCommand } = await createSampleRepository(folder, signal)
  const report = await inspectFolder(folder, signal)
  const opened = await openReport(ctx, report, {
    name: SAMPLE_NAME,
    is_sample: true,
    check_command: checkCommand,
  })
  if (!opened.is_new) return opened
  const board = await updateBoard(ctx, { id: opened.board.id, settings: { provider: 'scripted' } })
  const { columns } = await getBoard(ctx, board.id)
  const start = columns.find((column) => column.is_start_column)
  if (start)
    for (const card of SAMPLE_CARDS)
      await createTask(ctx, { ...card, board_id: board.id, column_id: start.id })
  return { ...opened, board }
}
