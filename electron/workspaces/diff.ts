import { dirname } from 'node:path'
import { type GitOptions, git } from '#electron/platform/git.ts'
import { snapshotTree } from '#electron/platform/git-snapshot.ts'
import type { DiffSummary, FileChange, FilePatch } from '#shared/diff.ts'
import { ensureLinked, headCommit, workspaceOptions } from './workspace-git.ts'

/** A commit: of a repository, when the workspace is gone; or of a workspace that is a repository of its own. */
export type CommitSource = { repo: string; head: string } | { workspace: string; head: string }

/** What is compared with the base: a workspace as it is now, uncommitted and untracked files included; or a commit. */
export type DiffSource = { workspace: string } | CommitSource

interface DiffRequest {
  source: DiffSource
  baseCommit: string
  signal: AbortSignal
}

/** No attributes, colours or settings of the person change what we read. */
const PLAIN = ['--no-color', '--no-ext-diff', '--no-textconv', '--find-renames', '--submodule=short']

/** Commits are told by the database, which others may write: one that begins with a dash is no option. */
const END_OF_OPTIONS = '--end-of-options'

/** All files that differ from the base, with their counts; binary files count no lines. */
export async function diffSummary(request: DiffRequest): Promise<DiffSummary> {
  return summaryOf(await resolveSource(request.source, request.signal), request.baseCommit)
}

async function summaryOf({ where, head, target }: Resolved, baseCommit: string): Promise<DiffSummary> {
  const range = [END_OF_OPTIONS, baseCommit, target]
  const { stdout } = await git(['diff', ...PLAIN, '--raw', '--no-abbrev', '--numstat', '-z', ...range], where)
  const files = parseFiles(stdout)
  return {
    base_commit: baseCommit,
    head_commit: head,
    files,
    additions: files.reduce((sum, file) => sum + file.additions, 0),
    deletions: files.reduce((sum, file) => sum + file.deletions, 0),
  }
}

export interface PatchRequest extends DiffRequest {
  path: string
  /** The former path of a renamed file. */
  oldPath?: string | null
  /** Bytes of patch that are given at most; default 400 kB. */
  mostBytes?: number
}

/** One file's unified patch, cut when it is longer than what is shown: at the end of a line, but for one that is very long. */
export async function filePatch(request: PatchRequest): Promise<FilePatch> {
  return patchOf(await resolveSource(request.source, request.signal), request)
}

/** The same of a file whose former path, if it has one, is not known: what lies in a workspace is taken stock of only once. */
export async function changedFilePatch(request: Omit<PatchRequest, 'oldPath'>): Promise<FilePatch> {
  const resolved = await resolveSource(request.source, request.signal)
  const { files } = await summaryOf(resolved, request.baseCommit)
  const change = files.find(({ path }) => path === request.path)
  return patchOf(resolved, { ...request, oldPath: change?.old_path ?? null })
}

async function patchOf({ where, target }: Resolved, request: PatchRequest): Promise<FilePatch> {
  const paths = request.oldPath ? [request.oldPath, request.path] : [request.path]
  const args = ['--literal-pathspecs', 'diff', ...PLAIN, '--src-prefix=a/', '--dst-prefix=b/', '--unified=3']
  const { stdout, truncated } = await git(
    [...args, END_OF_OPTIONS, request.baseCommit, target, '--', ...paths],
    {
      ...where,
      limit: request.mostBytes ?? 400_000,
    },
  )
  return { path: request.path, patch: truncated ? cutAtLine(stdout) : stdout, truncated }
}

/** Of a line that is this long, its beginning is worth more than nothing. */
const LONG_LINE = 10_000

function cutAtLine(text: string): string {
  const end = text.lastIndexOf('\n') + 1
  return text.length - end > LONG_LINE ? text : text.slice(0, end)
}

interface Resolved {
  where: GitOptions
  head: string
  /** A commit or a tree, which stays as it is whatever agents write meanwhile. */
  target: string
}

async function resolveSource(source: DiffSource, signal: AbortSignal): Promise<Resolved> {
  if ('repo' in source) return { where: { cwd: source.repo, signal }, head: source.head, target: source.head }
  await ensureLinked(source.workspace, signal)
  if ('head' in source) {
    return { where: workspaceOptions(source.workspace, signal), head: source.head, target: source.head }
  }
  const [head, target] = await Promise.all([
    headCommit(source.workspace, signal),
    snapshotTree(source.workspace, dirname(source.workspace), signal),
  ])
  return { where: workspaceOptions(source.workspace, signal), head, target }
}

/** `--raw --numstat -z`: first an entry for each file, and then the counts of each. */
function parseFiles(text: string): FileChange[] {
  const fields = text.split('\0')
  const entries: Omit<FileChange, keyof Counts>[] = []
  let at = 0
  // ":old-mode new-mode old-blob new-blob status" NUL path, or for a rename the same NUL old NUL new.
  for (; fields[at]?.startsWith(':'); ) {
    const [oldMode, newMode, oldBlob, newBlob, letter] = fields[at]?.slice(1).split(' ') ?? []
    const status = letter?.[0]
    const isRename = status === 'R'
    const path = fields[at + (isRename ? 2 : 1)] ?? ''
    const old_path = isRename ? (fields[at + 1] ?? null) : null
    const fingerprint = [oldMode, newMode, oldBlob?.slice(0, 12), newBlob?.slice(0, 12)].join('.')
    entries.push({ path, old_path, kind: kindOf(status), fingerprint })
    at += isRename ? 3 : 2
  }
  const counts = parseCounts(fields.slice(at))
  return entries.map((entry) => ({
    ...entry,
    ...(counts.get(entry.path) ?? { additions: 0, deletions: 0, is_binary: false }),
  }))
}

function kindOf(status: string | undefined): FileChange['kind'] {
  if (status === 'A') return 'added'
  if (status === 'D') return 'deleted'
  return status === 'R' ? 'renamed' : 'modified'
}

type Counts = Pick<FileChange, 'additions' | 'deletions' | 'is_binary'>

/** "1 TAB 2 TAB path", or for a rename "1 TAB 2 TAB" NUL old NUL new; `-` stands for binary. */
function parseCounts(fields: readonly string[]): Map<string, Counts> {
  const counts = new Map<string, Counts>()
  for (let at = 0; at < fields.length; ) {
    const [added, deleted, ...rest] = (fields[at] ?? '').split('\t')
    if (added === undefined || deleted === undefined) break
    const inline = rest.join('\t')
    const path = inline || fields[at + 2] || ''
    const is_binary = added === '-'
    counts.set(path, {
      additions: is_binary ? 0 : Number(added),
      deletions: is_binary ? 0 : Number(deleted),
      is_binary,
    })
    at += inline ? 1 : 3
  }
  return counts
}
