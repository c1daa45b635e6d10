import { RefusedError } from '#shared/errors.ts'
import type { RealPath } from '../policy/decide.ts'
import { OutsideWorkspaceError, relativeTo, resolveEntryInside, resolveInside } from './confine.ts'

/**
 * Where a path that an agent named really leads. `entry`: the name itself counts, not what it links to, as for what is
 * deleted or moved.
 */
export async function realPathOf(workspace: string, path: string, entry: boolean): Promise<RealPath> {
  try {
    const real = await (entry ? resolveEntryInside(workspace, path) : resolveInside(workspace, path))
    return { place: 'inside', path: await relativeTo(workspace, real) }
  } catch (error) {
    if (error instanceof OutsideWorkspaceError) {
      return error.isOutside ? { place: 'outside', path } : { place: 'refused', path, why: error.reason }
    }
    throw new RefusedError(
      'WORKSPACE_MISSING',
      `The workspace ${workspace} cannot be read.`,
      {},
      { cause: error },
    )
  }
}
