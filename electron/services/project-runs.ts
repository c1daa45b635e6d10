import { findBoard } from '#db/queries/boards.ts'
import { endCheck, findRunningProject, insertCheck, noteOutput } from '#db/queries/checks.ts'
import { findExecution } from '#db/queries/executions.ts'
import { findWorkspace } from '#db/queries/workspaces.ts'
import type { CheckStatus, StepCheck } from '#shared/check.ts'
import { NotFoundError, RefusedError } from '#shared/errors.ts'
import type { ExecutionId } from '#shared/ids.ts'
import type { AppContext } from '../context.ts'
import { redact } from '../orchestrator/redact.ts'
import { OutputTail } from '../platform/output-tail.ts'
import { type CommandOutcome, runCommand } from '../platform/process.ts'
import { findLocalProject } from './local-project.ts'

/** A project may run as long as a working day and the night after it, milliseconds. */
const LONGEST_MS = 24 * 3600_000
/** A server that is left alone may say a lot; only the end is kept, bytes. */
const MOST_BYTES = 2 * 1024 ** 3
/** The end of the output that is shown, characters, and how often it is written while there is more, milliseconds. */
const KEPT_OUTPUT = 30_000
const WRITE_EVERY_MS = 1_000

/** The projects that people try in the workspaces of executions: one at a time each, and none longer than this app. */
export interface ProjectRuns extends AsyncDisposable {
  /** Starts the project's run command. Throws RefusedError when it runs already, names none, or has no workspace. */
  start(id: ExecutionId): Promise<StepCheck>
  /** Ends it with all that it started; resolves when nothing of it is left. False: it does not run in this app. */
  stop(id: ExecutionId): Promise<boolean>
}

type RunContext = Pick<AppContext, 'db' | 'instanceId' | 'newId' | 'now' | 'log' | 'credentials' | 'places'>

export function openProjectRuns(ctx: RunContext): ProjectRuns {
  const running = new Map<ExecutionId, { abort: AbortController; done: Promise<void> }>()
  const stop = async (id: ExecutionId) => {
    const one = running.get(id)
    one?.abort.abort()
    await one?.done
    return one !== undefined
  }
  return {
    stop,
    async start(id) {
      const { command, cwd } = await placeOf(ctx, id)
      const row = await insertCheck(ctx.db, {
        id: ctx.newId(),
        execution_id: id,
        step_id: null,
        kind: 'run',
        command,
        status: 'running',
        owner_id: ctx.instanceId,
        created_at: ctx.now(),
      })
      if (!row) throw await runsAlready(ctx, id)
      const abort = new AbortController()
      const done = runToItsEnd(ctx, { row, command, cwd }, abort.signal)
        .catch((error: unknown) =>
          ctx.log.error({ err: error, execution_id: id }, 'the end of a project was not stored'),
        )
        .finally(() => running.delete(id))
      running.set(id, { abort, done })
      return row
    },
    async [Symbol.asyncDispose]() {
      await Promise.all([...running.keys()].map(stop))
    },
  }
}

async function placeOf(ctx: RunContext, id: ExecutionId): Promise<{ command: string; cwd: string }> {
  const row = await findExecution(ctx.db, id)
  if (!row) throw new NotFoundError('Execution', id)
  const board = await findBoard(ctx.db, row.board_id)
  const project = board?.project_id ? await findLocalProject(ctx, board.project_id) : null
  if (!project?.run_command) {
    throw new RefusedError(
      'NO_RUN_COMMAND',
      'The project has no command that starts it. Add one in the settings of the board, then try again.',
    )
  }
  const workspace = await findWorkspace(ctx.db, id)
  if (workspace?.status !== 'active') {
    throw new RefusedError(
      'NO_WORKSPACE',
      'There is no workspace to run the project in: the result was merged or discarded, or nothing was begun.',
    )
  }
  return { command: project.run_command, cwd: workspace.path }
}

async function runsAlready(ctx: RunContext, id: ExecutionId): Promise<RefusedError> {
  const row = await findRunningProject(ctx.db, id)
  const where = row && row.owner_id !== ctx.instanceId ? ' in another running app' : ''
  return new RefusedError('RUNS_ALREADY', `The project runs already${where}. Stop it there first.`)
}

async function runToItsEnd(
  ctx: RunContext,
  { row, command, cwd }: { row: StepCheck; command: string; cwd: string },
  signal: AbortSignal,
): Promise<void> {
  const key = ctx.credentials.key()
  const clean = (text: string) => redact(text, key ? [key] : []).slice(-KEPT_OUTPUT)
  const tail = new OutputTail(2 * KEPT_OUTPUT)
  const writer = writeNowAndThen(() => noteOutput(ctx.db, row.id, clean(tail.text())))
  let ended: CommandOutcome | null = null
  let trouble = ''
  try {
    ended = await runCommand({
      command,
      cwd,
      instanceId: ctx.instanceId,
      // A tag of its own: the end of an agent’s step is not the end of what a person started.
      executionId: `project-${row.execution_id}`,
      timeoutMs: LONGEST_MS,
      mostBytes: MOST_BYTES,
      signal,
      onOutput: (text) => {
        tail.push(Buffer.from(text))
        writer.poke()
      },
    })
  } catch (error) {
    trouble = error instanceof Error ? error.message : String(error)
  }
  await writer.end()
  await endCheck(ctx.db, row.id, {
    status: statusOf(ended, signal),
    exit_code: ended?.exitCode ?? null,
    output: clean([ended?.output ?? tail.text(), trouble].filter(Boolean).join('\n')),
    duration_ms: ctx.now().getTime() - row.created_at.getTime(),
  })
}

function statusOf(ended: CommandOutcome | null, signal: AbortSignal): CheckStatus {
  if (signal.aborted) return 'cancelled'
  if (!ended) return 'failed'
  if (ended.timedOut) return 'timed_out'
  return ended.exitCode === 0 ? 'passed' : 'failed'
}

/** Writes at most once in a while; a write that fails is made good by the next. */
function writeNowAndThen(write: () => Promise<unknown>) {
  let timer: NodeJS.Timeout | null = null
  let writing: Promise<unknown> = Promise.resolve()
  return {
    poke() {
      timer ??= setTimeout(() => {
        timer = null
        writing = writing.then(write).catch(() => {})
      }, WRITE_EVERY_MS)
    },
    async end() {
      if (timer) clearTimeout(timer)
      await writing
    },
  }
}
