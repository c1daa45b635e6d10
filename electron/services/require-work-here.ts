import { findBoard } from '#db/queries/boards.ts'
import { findExecution } from '#db/queries/executions.ts'
import { findWorkspace } from '#db/queries/workspaces.ts'
import type { ExecutionId } from '#shared/ids.ts'
import type { AppContext } from '../context.ts'
import { type Command, decide } from '../orchestrator/decide.ts'
import { findEarlierWork } from '../orchestrator/earlier-work.ts'
import { loadState } from '../orchestrator/record.ts'
import { evolve } from '../orchestrator/state.ts'
import { findLocalProject, requireReachable } from './local-project.ts'

/** For a few questions to git, milliseconds. */
const LOOK_MS = 15_000

/**
 * Before an app takes up an execution by a command: throws RefusedError PROJECT_ELSEWHERE or WORK_ELSEWHERE, with what to
 * do, when it could not go on on this computer. What the command does not set going is not looked at.
 */
export async function requireWorkHere(
  ctx: Pick<AppContext, 'db' | 'places'>,
  id: ExecutionId,
  command: Command,
): Promise<void> {
  const { state } = await loadState(ctx.db, id)
  if (decide(state, command).reduce(evolve, state).status !== 'running') return
  const [row, stored] = await Promise.all([findExecution(ctx.db, id), findWorkspace(ctx.db, id)])
  const board = row && (await findBoard(ctx.db, row.board_id))
  const project = board?.project_id ? await findLocalProject(ctx, board.project_id) : null
  if (!row || !project) return
  const signal = AbortSignal.timeout(LOOK_MS)
  await requireReachable(ctx, project, stored?.path ?? null, signal)
  if (stored) await findEarlierWork(ctx.db, row, stored, project, signal)
}
