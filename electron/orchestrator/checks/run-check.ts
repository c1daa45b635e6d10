import { endCheck, insertCheck } from '#db/queries/checks.ts'
import type { CheckKind, CheckStatus, StepCheck } from '#shared/check.ts'
import type { StepId } from '#shared/ids.ts'
import { type CommandOutcome, runCommand } from '../../platform/process.ts'
import { runConfined } from '../confined.ts'
import { type EventLog, openEventLog } from '../event-log.ts'
import { patiently } from '../patiently.ts'
import { redact } from '../redact.ts'
import type { OrchestratorContext, Run } from '../run-context.ts'
import { CHECK_TIMEOUT_MS } from '../step-limits.ts'

/** The end of the output that is stored, characters. */
const KEPT_OUTPUT = 30_000

const DOES: Readonly<Record<Exclude<CheckKind, 'run'>, string>> = {
  setup: 'Set-up by the app',
  lint: 'Lint by the app',
  test: 'Tests by the app',
}

export interface CheckToRun {
  kind: Exclude<CheckKind, 'run'>
  command: string
  /** Whose log tells of it. */
  stepId: StepId
  /** On the project as it was: the row belongs to no step. */
  isBefore?: boolean
  /** Of a set-up: agents have changed what it runs. Others are confined in any case. */
  isConfined?: boolean
}

/**
 * Runs a command of the project in the workspace, as a row and as a live line of the log that says that the app runs it,
 * not an agent. Resolves when nothing of it runs any more; an abort makes it `cancelled`.
 */
export async function runCheck(
  ctx: OrchestratorContext,
  run: Run,
  check: CheckToRun,
  signal: AbortSignal,
): Promise<StepCheck> {
  const { kind, command, stepId, isBefore = false, isConfined = kind !== 'setup' } = check
  const key = ctx.credentials.key()
  const secrets = key ? [key] : []
  const started = ctx.now()
  const row = await patiently(ctx, signal, () =>
    insertCheck(ctx.db, {
      id: ctx.newId(),
      execution_id: run.row.id,
      step_id: isBefore ? null : stepId,
      kind,
      command,
      status: 'running',
      owner_id: ctx.instanceId,
      created_at: started,
    }),
  )
  if (!row) throw new Error('The check was not stored')
  const log = openEventLog(ctx, { executionId: run.row.id, stepId, secrets, signal })
  const line = openLine(
    log,
    `check-${row.id}`,
    `${DOES[kind]}${isBefore ? ', before the work' : ''}${kind === 'setup' && isConfined ? ', in the sandbox' : ''}: ${command}`,
  )
  let ended: CommandOutcome | null = null
  try {
    const wanted = { command, timeoutMs: CHECK_TIMEOUT_MS, signal, onOutput: line.live }
    // The set-up runs what the repository was before any agent changed it, and fills caches in people's homes.
    ended = await (isConfined
      ? runConfined(ctx, run, { ...wanted, network: true })
      : runCommand({
          ...wanted,
          cwd: run.workspace.path,
          instanceId: ctx.instanceId,
          executionId: run.row.id,
        }))
  } finally {
    const status = statusOf(ended, signal)
    const output = redact(ended?.output ?? '', secrets).slice(-KEPT_OUTPUT)
    line.end(status, output)
    const end = {
      status,
      exit_code: ended?.exitCode ?? null,
      output,
      duration_ms: ctx.now().getTime() - started.getTime(),
    }
    await patiently(ctx, signal, () => endCheck(ctx.db, row.id, end))
    await log.close()
    Object.assign(row, end)
  }
  return row
}

function statusOf(ended: CommandOutcome | null, signal: AbortSignal): CheckStatus {
  if (!ended || signal.aborted) return 'cancelled'
  if (ended.timedOut) return 'timed_out'
  return ended.exitCode === 0 ? 'passed' : 'failed'
}

/** One line of the log, with what the command prints as it comes. */
function openLine(log: EventLog, id: string, title: string) {
  const write = (status: 'running' | 'done' | 'failed', output: string | null) =>
    log.write({ type: 'tool', id, name: 'host_check', kind: 'execute', title, paths: [], status, output })
  write('running', null)
  return {
    live: (delta: string) => log.write({ type: 'tool_output', id, delta, line: 0 }), // the log counts
    end: (status: CheckStatus, output: string) => write(status === 'passed' ? 'done' : 'failed', output),
  }
}
