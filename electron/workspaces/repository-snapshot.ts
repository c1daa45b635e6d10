import { createHash } from 'node:crypto'
import { lstat, readdir, readFile, readlink } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { git } from '#electron/platform/git.ts'
import { commonDirectory } from '#electron/platform/git-repository.ts'
import { listWorktrees } from '#electron/platform/git-worktree.ts'

/** One of git's own files. Without content it can be compared and not be put back: it is too large, or a link. */
const KeptFile = z.object({ hash: z.string(), content: z.string().nullable(), mode: z.number() })
export type KeptFile = z.infer<typeof KeptFile>

/** What all worktrees of a repository share, as it is at one moment. Keys are names, values say what they are. */
export const RepositorySnapshot = z.object({
  /** Branches, tags and the like; not those of remotes, which every fetch moves. */
  refs: z.record(z.string(), z.string()),
  /** Commits of the stash, newest first. */
  stash: z.array(z.string()),
  /** What is checked out where: a ref, or a commit. */
  heads: z.record(z.string(), z.string()),
  /** Hooks, and what belongs to the settings: `hooks/post-commit`, `info/attributes`. */
  files: z.record(z.string(), KeptFile),
  /** Settings of the repository alone, each with all its values. */
  settings: z.record(z.string(), z.array(z.string())),
  /** What the file of the settings was, so that one that is the same need not be read again. */
  config: z.string().optional(),
})
export type RepositorySnapshot = z.infer<typeof RepositorySnapshot>

const MOST_REFS = 20_000
const MOST_HOOKS = 200
const LARGEST_FILE = 256 * 1024

/** As it is now; with an earlier look, what is surely the same is taken from that. */
export async function snapshotRepository(
  repo: string,
  signal: AbortSignal,
  earlier?: RepositorySnapshot,
): Promise<RepositorySnapshot> {
  const common = await commonDirectory(repo, signal)
  const [named, heads, files, { config, settings }] = await Promise.all([
    refsOf(repo, signal),
    headsOf(repo, signal),
    filesOf(common),
    configOf(join(common, 'config'), repo, signal, earlier),
  ])
  const stash = named.hasStash ? await stashOf(repo, signal) : []
  return { refs: named.refs, stash, heads, files, settings, config }
}

async function refsOf(
  cwd: string,
  signal: AbortSignal,
): Promise<{ refs: Record<string, string>; hasStash: boolean }> {
  const format = '%(objectname) %(if)%(symref)%(then)%(else)%(refname)%(end)'
  const args = ['for-each-ref', `--count=${MOST_REFS}`, `--format=${format}`]
  const { stdout } = await git(args, { cwd, signal })
  const lines = stdout.split('\n').map((line) => line.split(' '))
  const refs = Object.fromEntries(
    lines.flatMap(([commit, name]) => {
      const isOurs = !name || /^refs\/(remotes|rangers|stash$)/.test(name)
      return isOurs || !commit ? [] : [[name, commit]]
    }),
  )
  // Where there are more than are listed, it may be among the others.
  const hasStash = lines.length > MOST_REFS || lines.some(([, name]) => name === 'refs/stash')
  return { refs, hasStash }
}

async function stashOf(cwd: string, signal: AbortSignal): Promise<string[]> {
  const args = ['reflog', 'show', '--format=%H', 'refs/stash', '--']
  const { stdout, exitCode } = await git(args, { cwd, signal, okCodes: [128] })
  return exitCode === 0 ? stdout.split('\n').filter(Boolean) : []
}

/** The settings, and what their file was when they were read. */
async function configOf(file: string, repo: string, signal: AbortSignal, earlier?: RepositorySnapshot) {
  // First: what changes between the two looks is read once more next time.
  const kept = await readKept(file)
  const config = kept?.content === null ? '' : (kept?.hash ?? 'none')
  if (config !== '' && earlier?.config === config) return { config, settings: earlier.settings }
  return { config, settings: await settingsOf(file, repo, signal) }
}

async function headsOf(repo: string, signal: AbortSignal): Promise<Record<string, string>> {
  const trees = await listWorktrees(repo, signal)
  const found = await Promise.all(
    trees.map(async ({ path, branch, head }) => {
      if (branch !== null) return [path, `refs/heads/${branch}`] as const
      const folder = await lstat(path).catch(() => null) // git goes on listing one that is gone
      return [path, folder?.isDirectory() && head ? head : ''] as const
    }),
  )
  return Object.fromEntries(found)
}

async function filesOf(common: string): Promise<Record<string, KeptFile>> {
  const hooks = await readdir(join(common, 'hooks')).catch(() => [])
  const names = hooks.filter((name) => !name.endsWith('.sample')).slice(0, MOST_HOOKS)
  const all = ['hooks', 'info/attributes', 'info/exclude', 'objects/info/alternates', 'config.worktree']
  const paths = [...all, ...names.map((name) => `hooks/${name}`)]
  const found = await Promise.all(
    paths.map(async (path) => [path, await readKept(join(common, path))] as const),
  )
  return Object.fromEntries(found.flatMap(([path, file]) => (file ? [[path, file]] : [])))
}

/** Null when it is not there; a folder is there only when it is a link to one. */
export async function readKept(path: string): Promise<KeptFile | null> {
  const entry = await lstat(path).catch(() => null)
  if (entry?.isSymbolicLink()) {
    return { hash: `link to ${await readlink(path).catch(() => '?')}`, content: null, mode: 0 }
  }
  if (!entry?.isFile()) return null
  if (entry.size > LARGEST_FILE) {
    return { hash: `${entry.size} bytes, ${entry.mtimeMs}`, content: null, mode: entry.mode }
  }
  const bytes = await readFile(path).catch(() => Buffer.alloc(0))
  const hash = `sha256:${createHash('sha256').update(bytes).digest('hex')}`
  return { hash, content: bytes.toString('base64'), mode: entry.mode & 0o777 }
}

/** Without what other files include; settings that cannot be read are one that says so. */
export async function settingsOf(
  file: string,
  cwd: string,
  signal: AbortSignal,
): Promise<Record<string, string[]>> {
  const args = ['config', '--file', file, '--no-includes', '--list', '-z']
  const { stdout, exitCode } = await git(args, { cwd, signal, okCodes: [1, 3, 128], limit: 1024 * 1024 })
  if (exitCode !== 0) return { 'config (unreadable)': ['git cannot read it'] }
  const settings: Record<string, string[]> = {}
  for (const entry of stdout.split('\0').filter(Boolean)) {
    const [key = '', ...value] = entry.split('\n')
    settings[key] = [...(settings[key] ?? []), value.join('\n')]
  }
  return settings
}
