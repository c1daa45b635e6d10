import { readdir, readFile, rm } from 'node:fs/promises'
import { basename, dirname } from 'node:path'
import { z } from 'zod'
import { settleFolder, writeDurably } from '#electron/platform/durable.ts'
import { findProcess } from '#electron/platform/process-table.ts'
import { RefusedError } from '#shared/errors.ts'

/**
 * That files of a plain folder are being changed: written before the first of them, and gone only when the card says what was
 * done. An app that is killed between leaves it, and with it how to go on and how to go back. Beside the workspace
 * (`<root>/<executionId>.merging.json`), where no agent reaches it.
 */
export const BegunMerge = z.object({
  app: z.literal('agent-rangers'),
  execution_id: z.string(),
  direction: z.enum(['merge', 'revert']),
  /** The person's. */
  folder: z.string(),
  /** Commits of the copy: what the folder was, and what it was to become, with each time that it was begun. */
  from: z.string(),
  to: z.array(z.string()).min(1),
  /** What it changes, to be named when the copy is lost. */
  paths: z.array(z.string()),
  /** Whose work it is; while that runs, nothing is interrupted. */
  owner: z.object({ pid: z.number().int(), started: z.string() }),
  /** The people concerned have been told that it was interrupted. */
  is_told: z.boolean(),
})
export type BegunMerge = z.infer<typeof BegunMerge>

type NewBegun = Pick<BegunMerge, 'direction' | 'folder' | 'from' | 'paths'> & { to: string }

/** What was begun in the folder of a workspace and not ended; null: nothing. */
export async function readBegun(workspace: string): Promise<BegunMerge | null> {
  const text = await readFile(fileOf(workspace), 'utf8').catch(() => null)
  if (text === null) return null
  const begun = BegunMerge.safeParse(parsed(text))
  return begun.success && begun.data.execution_id === basename(workspace) ? begun.data : null
}

/** Writes down what begins now, on the disk when this returns. What an earlier time has begun is not forgotten. */
export async function noteBegun(workspace: string, { to, ...begun }: NewBegun): Promise<void> {
  const last = await readBegun(workspace)
  const earlier = last?.direction === begun.direction && last.from === begun.from ? last : null
  const started = (await findProcess(process.pid))?.startedAt ?? ''
  await write(workspace, {
    ...begun,
    app: 'agent-rangers',
    execution_id: basename(workspace),
    paths: [...new Set([...(earlier?.paths ?? []), ...begun.paths])],
    to: [...new Set([...(earlier?.to ?? []), to])],
    owner: { pid: process.pid, started },
    is_told: false,
  })
}

export async function noteTold(workspace: string, begun: BegunMerge): Promise<void> {
  await write(workspace, { ...begun, is_told: true })
}

/** The folder is whole, and the card says so. What stays on a disk that cannot be written is seen to be over, and forgotten then. */
export async function forgetBegun(workspace: string): Promise<void> {
  await rm(fileOf(workspace), { force: true }).catch(() => {})
  await settleFolder(dirname(workspace))
}

/** Whether another app is at it at this moment; within this one the queue of results tells. */
export async function isUnderWay({ owner }: BegunMerge): Promise<boolean> {
  if (owner.pid === process.pid) return false
  return (await findProcess(owner.pid))?.startedAt === owner.started
}

/** The executions below a root with something begun. */
export async function listBegun(root: string): Promise<string[]> {
  const names = await readdir(root).catch(() => [])
  return names.flatMap((name) => /^([\w-]+)\.merging\.json$/.exec(name)?.[1] ?? [])
}

/** Refuses (MERGE_INTERRUPTED) to part with what is needed to make a half-changed folder whole again. */
export async function requireWhole(workspace: string): Promise<void> {
  const begun = await readBegun(workspace)
  if (!begun) return
  throw new RefusedError(
    'MERGE_INTERRUPTED',
    begun.direction === 'merge'
      ? `The merge into ${begun.folder} was interrupted, and a part of it is there. Finish the merge or take it back first.`
      : `The revert of the merge into ${begun.folder} was interrupted, and a part of the merge is there. Finish the revert or take it back first.`,
  )
}

const fileOf = (workspace: string) => `${workspace}.merging.json`

async function write(workspace: string, begun: BegunMerge): Promise<void> {
  await writeDurably(fileOf(workspace), `${JSON.stringify(begun, null, 2)}\n`)
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
