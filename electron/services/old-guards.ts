import { readdir, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { listGuarded } from '#db/queries/repository-changes.ts'
import { ExecutionId } from '#shared/ids.ts'
import type { AppContext } from '../context.ts'

/** This data folder may have been used with another database, which knows what this one does not. */
const UNKNOWN_MS = 30 * 24 * 3600_000

/**
 * Removes what was kept to undo changes of repositories (`guard/<execution>`): of results that were merged or discarded,
 * when no change is left to undo; and of executions that nobody has known for 30 days. Gives how many folders went.
 */
export async function removeOldGuards(ctx: Pick<AppContext, 'db' | 'config' | 'now'>): Promise<number> {
  const folder = path.join(ctx.config.dataFolder, 'guard')
  const names = await readdir(folder).catch(() => [])
  const ids = names.flatMap((name) => ExecutionId.safeParse(name).data ?? [])
  const known = new Map((await listGuarded(ctx.db, ids)).map((row) => [row.id, row]))
  let removed = 0
  for (const id of ids) {
    const place = path.join(folder, id)
    const row = known.get(id)
    const isOver = row ? row.isResolved && !row.isOpen : await isOld(place, ctx.now())
    if (!isOver) continue
    await rm(place, { recursive: true, force: true })
    removed += 1
  }
  return removed
}

async function isOld(place: string, now: Date): Promise<boolean> {
  const found = await stat(place).catch(() => null)
  return found !== null && now.getTime() - found.mtimeMs > UNKNOWN_MS
}
