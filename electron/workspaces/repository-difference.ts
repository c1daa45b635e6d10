import { z } from 'zod'
import type { RepositoryChangeKind } from '#shared/repository-change.ts'
import type { KeptFile, RepositorySnapshot } from './repository-snapshot.ts'

/** How to put a change back: kept on disk, since settings may hold passwords that no database is to see. */
export const Remedy = z.object({
  values: z.object({ before: z.array(z.string()), after: z.array(z.string()) }).optional(),
  file: z.object({ content: z.string().nullable(), mode: z.number() }).nullable().optional(),
})
export type Remedy = z.infer<typeof Remedy>

export interface FoundChange {
  kind: RepositoryChangeKind
  name: string
  before: string | null
  after: string | null
  remedy: Remedy
}

/** What the app does by itself at the same time, in this and other executions. */
export interface OwnPlaces {
  /** Of workspaces. */
  paths: readonly string[]
  branches: readonly string[]
}

/** What is different, in the order refs, stash, checkouts, hooks, settings. */
export function differenceOf(
  before: RepositorySnapshot,
  after: RepositorySnapshot,
  own: OwnPlaces,
): FoundChange[] {
  const ownRefs = new Set(own.branches.map((branch) => `refs/heads/${branch}`))
  const ownSettings = own.branches.map((branch) => `branch.${branch}.`)
  return [
    ...plain('ref', before.refs, after.refs).filter(({ name }) => !ownRefs.has(name)),
    ...stash(before.stash, after.stash),
    ...plain('head', before.heads, after.heads).filter(({ name }) => !own.paths.includes(name)),
    ...files(before.files, after.files),
    ...settings(before.settings, after.settings).filter(
      ({ name }) => !ownSettings.some((start) => name.startsWith(start)),
    ),
  ]
}

function plain(
  kind: 'ref' | 'head',
  before: Record<string, string>,
  after: Record<string, string>,
): FoundChange[] {
  return namesOf(before, after).flatMap((name) => {
    const [was = null, is = null] = [before[name], after[name]]
    return was === is ? [] : [{ kind, name, before: was, after: is, remedy: {} }]
  })
}

function stash(before: readonly string[], after: readonly string[]): FoundChange[] {
  const change = (commit: string, isNew: boolean): FoundChange => ({
    kind: 'stash',
    name: `stash ${commit.slice(0, 12)}`,
    before: isNew ? null : commit,
    after: isNew ? commit : null,
    remedy: {},
  })
  return [
    ...before.filter((commit) => !after.includes(commit)).map((commit) => change(commit, false)),
    ...after.filter((commit) => !before.includes(commit)).map((commit) => change(commit, true)),
  ]
}

function files(before: Record<string, KeptFile>, after: Record<string, KeptFile>): FoundChange[] {
  return namesOf(before, after).flatMap((name) => {
    const [was, is] = [before[name], after[name]]
    if (was?.hash === is?.hash && was?.mode === is?.mode) return []
    const kind = name.startsWith('hooks') ? 'hook' : 'config'
    const file = was ? { content: was.content, mode: was.mode } : null
    return [{ kind, name, before: shown(was), after: shown(is), remedy: { file } } as const]
  })
}

function shown(file: KeptFile | undefined): string | null {
  return file ? file.hash.slice(0, 200) : null
}

function settings(before: Record<string, string[]>, after: Record<string, string[]>): FoundChange[] {
  return namesOf(before, after).flatMap((name) => {
    const values = { before: before[name] ?? [], after: after[name] ?? [] }
    if (values.before.join('\0') === values.after.join('\0')) return []
    const say = (all: string[]) =>
      all.length > 0 ? all.map((value) => withoutSecret(name, value)).join('\n') : null
    return [
      {
        kind: 'config',
        name,
        before: say(values.before),
        after: say(values.after),
        remedy: { values },
      } as const,
    ]
  })
}

/** Passwords in addresses, and settings that are one. */
function withoutSecret(name: string, value: string): string {
  if (/token|password|secret|extraheader|cookie/i.test(name)) return '[hidden]'
  return value.replace(/\/\/[^/@\s]*@/g, '//[hidden]@').slice(0, 2000)
}

function namesOf(before: Record<string, unknown>, after: Record<string, unknown>): string[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].sort()
}
