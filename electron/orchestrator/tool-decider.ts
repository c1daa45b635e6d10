import { findBoard } from '#db/queries/boards.ts'
import { listRulesFor } from '#db/queries/policies.ts'
import { NotFoundError } from '#shared/errors.ts'
import { DEFAULT_PERMISSION_MODE, type PermissionMode } from '#shared/policy.ts'
import { decideTool, type Policy, refusedPaths } from '../policy/decide.ts'
import type { ToolAnswer, ToolAsk, ToolDecider } from '../providers/provider.ts'
import { permissionDefault } from '../services/policies.ts'
import { realPathOf } from '../workspaces/real-path.ts'
import { refusedFiles } from '../workspaces/refused-files.ts'
import { type Inbox, openInbox } from './ask-person.ts'
import { patiently } from './patiently.ts'
import type { OrchestratorContext, Run, StepWork } from './run-context.ts'
import { mayEdit } from './step-input.ts'

export interface StepDecider extends ToolDecider, Pick<Inbox, 'close'> {
  /** Whether a command that was allowed may reach the network: the project's own may, and all where nothing is asked. */
  hasNetwork(command: string): boolean
  /** What of the workspace rules refuse, relative to it: a process of an agent is not shown it. */
  hidden(signal: AbortSignal): Promise<string[]>
}

/** Decides what the agents of one step may do: by the policy as it is at that moment, else a person in the inbox does. */
export function openToolDecider(ctx: OrchestratorContext, work: StepWork, signal: AbortSignal): StepDecider {
  const inbox = openInbox(ctx, work, signal)
  let mode: PermissionMode = DEFAULT_PERMISSION_MODE
  return {
    close: inbox.close,
    hasNetwork: (command) => mode === 'full' || commandsOf(work.run).includes(command.trim()),
    async refused(paths, askSignal) {
      const either = AbortSignal.any([signal, askSignal])
      const { board_id, id } = work.run.row
      const rules = await patiently(ctx, either, () => listRulesFor(ctx.db, board_id, id))
      return refusedPaths({ rules }, paths)
    },
    async hidden(askSignal) {
      const either = AbortSignal.any([signal, askSignal])
      const { board_id, id } = work.run.row
      const rules = await patiently(ctx, either, () => listRulesFor(ctx.db, board_id, id))
      if (!rules.some(({ effect, target }) => effect === 'deny' && target === 'path')) return []
      const isRefused = (path: string) => refusedPaths({ rules }, [path]).size > 0
      return refusedFiles(work.run.workspace.path, isRefused, either)
    },
    async decide(ask, askSignal) {
      const either = AbortSignal.any([signal, askSignal])
      const policy = await patiently(ctx, either, () => policyOf(ctx, work.run, mayEdit(work.due.phase)))
      mode = policy.mode
      const { answer, reason } = await decideBy(policy, work, ask)
      if (answer === 'allow') return { allow: true }
      if (answer === 'deny') return refused(reason)
      return inbox.ask({ ...ask, reason: ask.reason ? `${reason} ${ask.reason}` : reason }, askSignal)
    },
  }
}

function refused(message: string): ToolAnswer {
  return { allow: false, message }
}

async function decideBy(policy: Policy, { run }: StepWork, ask: ToolAsk) {
  const isEntry = ask.kind === 'delete' || ask.kind === 'move'
  const paths = await Promise.all(ask.paths.map((path) => realPathOf(run.workspace.path, path, isEntry)))
  return decideTool(policy, { kind: ask.kind, tool: ask.tool, command: ask.detail, paths })
}

/** As it holds now for an execution: a person may have changed it a moment ago. */
async function policyOf(ctx: OrchestratorContext, run: Run, mayEdit: boolean): Promise<Policy> {
  const { board_id, id, permission_mode } = run.row
  const [board, rules] = await Promise.all([findBoard(ctx.db, board_id), listRulesFor(ctx.db, board_id, id)])
  if (!board) throw new NotFoundError('Board', board_id)
  return {
    mode: permission_mode ?? board.settings.permission_mode ?? permissionDefault(ctx).mode,
    rules,
    mayEdit,
    projectCommands: commandsOf(run),
    shell: process.platform === 'win32' ? 'windows' : 'posix',
  }
}

function commandsOf({ project }: Run): string[] {
  const { setup_command, lint_command, check_command, run_command } = project
  const set = [setup_command, lint_command, check_command, run_command]
  return set.flatMap((command) => (command?.trim() ? [command.trim()] : []))
}
