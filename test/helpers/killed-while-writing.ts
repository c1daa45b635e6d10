import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import { mergeWorkspace } from '#electron/workspaces/merge.ts'
import { revertFolder } from '#electron/workspaces/revert-folder.ts'

/** What the program is to do, and before which change of a file in a folder, or that it has begun there, it is killed; from 1. */
export type KilledWork = { killBefore: number; within: string } & (
  | { does: 'merge'; request: Omit<Parameters<typeof mergeWorkspace>[0], 'signal'> }
  | { does: 'revert'; request: Omit<Parameters<typeof revertFolder>[0], 'signal'> }
)

/** Which argument says what is changed. */
const CHANGES = { copyFile: 1, mkdir: 0, rename: 1, rm: 0, rmdir: 0, symlink: 1 } as const
const NAMES = ['copyFile', 'mkdir', 'rename', 'rm', 'rmdir', 'symlink'] as const

/** A program of its own, since it ends with kill -9: merges into a plain folder, or takes that back. */
const work = JSON.parse(process.argv[2] ?? '') as KilledWork
let changes = 0
for (const name of NAMES) {
  const real = fs.promises[name] as (...args: unknown[]) => Promise<unknown>
  const counted = (...args: unknown[]) => {
    const changed = String(args[CHANGES[name]])
    if (changed.startsWith(work.within) || changed.endsWith('.merging.json')) changes += 1
    if (changes === work.killBefore) process.kill(process.pid, 'SIGKILL')
    return real(...args)
  }
  Object.assign(fs.promises, { [name]: counted })
}
syncBuiltinESMExports()

const { signal } = new AbortController()
if (work.does === 'merge') await mergeWorkspace({ ...work.request, signal })
else await revertFolder({ ...work.request, signal })
