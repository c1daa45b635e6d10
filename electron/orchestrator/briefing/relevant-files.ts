import { describeFile } from './describe-file.ts'
import { importedFiles } from './imports.ts'
import { findMentions } from './mentions.ts'
import { isTest, type RankedFile, rankFiles, stemOf } from './rank-files.ts'
import { readBeginning, whereNamesOccur } from './workspace-reader.ts'

export interface RelevantFile {
  path: string
  /** What it is, in its own words. */
  about: string
  /** Why it is told. */
  why: string
}

export interface RelevantFiles {
  /** Named on the card or in the plan: what is probably to be changed. */
  targets: RelevantFile[]
  /** To be read with them. */
  others: RelevantFile[]
  /** Named there, but not in the repository yet. */
  missing: string[]
}

const MOST_TARGETS = 12
const MOST_OTHERS = 10
/** Of those that nobody named, only what enough speaks for. */
const LEAST_SCORE = 8
const MOST_MISSING = 10

/** The files of a repository that a card and its plan are about, each with a sentence. `paths` are all its files. */
export async function relevantFiles(
  workspace: string,
  paths: readonly string[],
  texts: readonly (string | null)[],
  signal: AbortSignal,
): Promise<RelevantFiles> {
  const mentions = findMentions(texts)
  const found = await whereNamesOccur(workspace, mentions.names, signal)
  const ranked = await rankFiles(paths, mentions, found)
  const named = ranked.filter((file) => file.isNamed).slice(0, MOST_TARGETS)
  const likely = ranked.filter((file) => !file.isNamed && file.score >= LEAST_SCORE).slice(0, MOST_OTHERS)
  const read = reader(workspace, signal)
  const near = await neighbours(named.length > 0 ? named : likely.slice(0, 3), paths, read)
  const others = [...near, ...likely.map((file) => ({ path: file.path, why: reason(file) }))]
  const told = new Set(named.map((file) => file.path))
  const unique = others.filter(({ path }) => !told.has(path) && told.add(path)).slice(0, MOST_OTHERS)
  return {
    targets: await withSentences(
      named.map((file) => ({ path: file.path, why: reason(file) })),
      read,
    ),
    others: await withSentences(unique, read),
    missing: missingOf(mentions.paths, paths).slice(0, MOST_MISSING),
  }
}

type Reader = (path: string) => Promise<string | null>

/** Reads each file once. */
function reader(workspace: string, signal: AbortSignal): Reader {
  const contents = new Map<string, Promise<string | null>>()
  return (path) => {
    signal.throwIfAborted()
    const text = contents.get(path) ?? readBeginning(workspace, path)
    contents.set(path, text)
    return text
  }
}

async function withSentences(
  files: readonly { path: string; why: string }[],
  read: Reader,
): Promise<RelevantFile[]> {
  const told: RelevantFile[] = []
  for (const { path, why } of files) {
    const text = await read(path)
    told.push({ path, why, about: text === null ? 'It is no readable text.' : describeFile(path, text) })
  }
  return told
}

/** What the likeliest files import, and their tests. */
async function neighbours(
  files: readonly RankedFile[],
  paths: readonly string[],
  read: Reader,
): Promise<{ path: string; why: string }[]> {
  const known = new Set(paths)
  const stems = new Map(files.filter(({ path }) => !isTest(path)).map(({ path }) => [stemOf(path), path]))
  const tests = paths.flatMap((path) => {
    const of = isTest(path) ? stems.get(stemOf(path)) : undefined
    return of && of !== path ? [{ path, why: `The test of ${of}.` }] : []
  })
  const imports: { path: string; why: string }[] = []
  for (const { path } of files) {
    const text = await read(path)
    if (text === null) continue
    for (const one of importedFiles(path, text, known))
      imports.push({ path: one, why: `Imported by ${path}.` })
  }
  return [...tests.slice(0, MOST_OTHERS / 2), ...imports]
}

function reason({ isNamed, holds, path }: RankedFile): string {
  if (isNamed) return 'Named on the card or in the plan.'
  if (holds.length > 0)
    return `Holds ${holds
      .slice(0, 4)
      .map((name) => `\`${name}\``)
      .join(', ')}.`
  return isTest(path) ? 'A test whose name fits the card.' : 'Its name fits the card.'
}

/** Only what looks like a file of this repository: its folder is there, or it lies in a folder at all. */
function missingOf(named: ReadonlySet<string>, paths: readonly string[]): string[] {
  const lower = paths.map((path) => path.toLowerCase())
  const folders = new Set(paths.flatMap((path) => path.split('/').slice(0, -1)))
  return [...named].filter((path) => {
    const wanted = path.toLowerCase()
    if (!/\.[a-z][a-z0-9]{0,9}$/i.test(path) || path.startsWith('/') || path.split('/').includes('..'))
      return false
    if (lower.some((one) => one === wanted || one.endsWith(`/${wanted}`))) return false
    const [first = ''] = path.split('/')
    return path.includes('/') && folders.has(first)
  })
}
