import { realpath } from 'node:fs/promises'
import { dirname, isAbsolute } from 'node:path'
import { type AgentProcess, startAgentProcess } from '../platform/agent-process.ts'
import { commonDirectory } from '../platform/git-repository.ts'
import { type CommandOutcome, runCommand } from '../platform/process.ts'
import type { Confinement } from '../platform/sandbox.ts'
import type { ProcessHost } from '../providers/provider.ts'
import { readMarker } from '../workspaces/marker.ts'
import type { OrchestratorContext, Run } from './run-context.ts'

export type ConfinedContext = Pick<OrchestratorContext, 'instanceId' | 'config' | 'containment'>
type Place = Pick<Run, 'workspace'> & { row: Pick<Run['row'], 'id'> }

export interface ConfinedCommand {
  command: string
  timeoutMs: number
  signal: AbortSignal
  /** Default: false. */
  network?: boolean
  /** Files and folders of the workspace that it is not shown, relative to it. Default: none. */
  refused?: readonly string[]
  onOutput?: (text: string) => void
}

/** A command line in the workspace, in the system's sandbox where there is one: bounded in time and output, ended as a whole. */
export async function runConfined(
  ctx: ConfinedContext,
  run: Place,
  { command, timeoutMs, signal, network = false, refused = [], onOutput }: ConfinedCommand,
): Promise<CommandOutcome> {
  const confinement = await confinementOf(ctx, run, { network, mayEdit: true, writable: [], refused }, signal)
  return runCommand({
    command,
    cwd: run.workspace.path,
    instanceId: ctx.instanceId,
    executionId: run.row.id,
    timeoutMs,
    signal,
    confine: (wanted, path) => ctx.containment.sandbox.wrap(wanted, confinement, path),
    ...(onOutput ? { onOutput } : {}),
  })
}

type SpawnArguments = Parameters<ProcessHost['spawn']>

/** A program of an agent, confined in the same way; it needs the network for its model. `refused` as of a command. */
export async function spawnConfined(
  ctx: ConfinedContext,
  run: Place,
  [program, args, { env, cwd, writable = [], mayEdit = true, isNamedByAgent = false }]: SpawnArguments,
  signal: AbortSignal,
  refused: readonly string[] = [],
): Promise<AgentProcess> {
  const own = isNamedByAgent ? [] : await ownFolders([program, ...args])
  const confinement = await confinementOf(
    ctx,
    run,
    { network: true, mayEdit, writable, readable: own, refused },
    signal,
  )
  const wrapped = await ctx.containment.sandbox.wrap(
    { program, args: [...args] },
    confinement,
    env.PATH ?? '',
  )
  return startAgentProcess({
    ...wrapped,
    env,
    cwd: cwd ?? run.workspace.path,
    instanceId: ctx.instanceId,
    executionId: run.row.id,
    record: ctx.containment.record,
  })
}

async function confinementOf(
  ctx: ConfinedContext,
  { workspace }: Place,
  wanted: Pick<Confinement, 'network' | 'mayEdit' | 'writable' | 'refused'> & {
    readable?: readonly string[]
  },
  signal: AbortSignal,
): Promise<Confinement> {
  const marker = await readMarker(workspace.path)
  // From what we wrote down, not from the workspace: an agent may have put another repository there.
  const repository = marker?.kind === 'worktree' ? marker.project_path : workspace.path
  const common = await commonDirectory(repository, signal).catch(() => null)
  signal.throwIfAborted()
  return {
    workspace: workspace.path,
    gitFolders: common ? [common] : [],
    hidden: [ctx.config.dataFolder],
    readable: [],
    ...wanted,
  }
}

/** The folders of the programs themselves: of a package the whole tree that it was installed into. */
async function ownFolders(command: readonly string[]): Promise<string[]> {
  const named = command.filter(isAbsolute)
  const real = await Promise.all(named.map((path) => realpath(path).catch(() => path)))
  return [...named, ...real].map((path) => /^.*?\/node_modules(?=\/)/.exec(path)?.[0] ?? dirname(path))
}
