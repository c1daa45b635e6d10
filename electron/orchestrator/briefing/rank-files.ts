import { setImmediate as breathe } from 'node:timers/promises'
import { type Mentions, wordsOf } from './mentions.ts'

export interface RankedFile {
  path: string
  score: number
  /** Named with its path or its file name. */
  isNamed: boolean
  /** Names of code that were found in it. */
  holds: string[]
}

/** What agents write is text: these are not read, and say nothing. */
const NOT_READ =
  /(^|\/)(node_modules|dist|build|vendor|coverage|\.git)\/|\.(png|jpe?g|gif|webp|ico|svg|pdf|zip|gz|tgz|jar|woff2?|ttf|eot|mp[34]|mov|wasm|so|dll|exe|bin|class|pyc|lock|map|snap)$|\.min\.(js|css)$|(^|\/)(package-lock\.json|pnpm-lock\.yaml|yarn\.lock|bun\.lockb?)$/i

/** Between two rests of the loop, files. */
const BATCH = 2_000
const FOR_PATH = 100
const FOR_FILE_NAME = 60
const FOR_STEM = 25
const FOR_WORD = 4
const FOR_NAME = 12

/**
 * The files that a card or a plan is about, the likeliest first; those that nothing speaks for are left out. `found` tells
 * in which files names of code occur: a name that is everywhere says little.
 */
export async function rankFiles(
  paths: readonly string[],
  mentions: Mentions,
  found: ReadonlyMap<string, ReadonlySet<string>>,
): Promise<RankedFile[]> {
  const rank = ranker(mentions, found)
  const ranked: RankedFile[] = []
  for (const [index, path] of paths.entries()) {
    if (index % BATCH === BATCH - 1) await breathe()
    const file = NOT_READ.test(path) ? null : rank(path)
    if (file && file.score > 0) ranked.push(file)
  }
  return ranked.sort(
    (a, b) => b.score - a.score || depth(a.path) - depth(b.path) || (a.path < b.path ? -1 : 1),
  )
}

function ranker(mentions: Mentions, found: ReadonlyMap<string, ReadonlySet<string>>) {
  const named = new Set([...mentions.paths].map((path) => path.toLowerCase()))
  const fileNames = new Set([...named].map(fileNameOf))
  const stems = new Set(mentions.names.map((name) => name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')))
  const spread = countFiles(found)
  const forNames = (holds: readonly string[]) =>
    holds.reduce((sum, name) => sum + FOR_NAME / Math.sqrt(spread.get(name) ?? 1), 0)
  return (path: string): RankedFile => {
    const lower = path.toLowerCase()
    const isPath = named.has(lower) || endsWithOne(lower, named)
    const isFile = !isPath && fileNames.has(fileNameOf(lower))
    const holds = [...(found.get(path) ?? [])]
    const forPlace = (isPath ? FOR_PATH : 0) + (isFile ? FOR_FILE_NAME : 0)
    const forStem = stems.has(stemOf(lower)) ? FOR_STEM : 0
    const score = forPlace + forStem + wordsIn(path, mentions.words) * FOR_WORD + forNames(holds)
    return { path, score, isNamed: isPath || isFile, holds }
  }
}

function countFiles(found: ReadonlyMap<string, ReadonlySet<string>>): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const names of found.values()) for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1)
  return counts
}

/** A path may be told from a folder below the root: `src/sum.ts` of `packages/math/src/sum.ts`. */
function endsWithOne(path: string, named: ReadonlySet<string>): boolean {
  for (let at = path.indexOf('/'); at >= 0; at = path.indexOf('/', at + 1)) {
    const rest = path.slice(at + 1)
    if (!rest.includes('/')) return false
    if (named.has(rest)) return true
  }
  return false
}

function wordsIn(path: string, words: ReadonlySet<string>): number {
  let count = 0
  for (const word of new Set(wordsOf(path))) if (words.has(word)) count += 1
  return Math.min(count, 6)
}

function fileNameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}

/** The name of a file without its extensions and signs: `date-range.test.ts` → daterange. */
export function stemOf(path: string): string {
  const name = fileNameOf(path.toLowerCase())
  const plain = name.replace(/^test_/, '').replace(/([._-](test|spec|int|e2e|unit))?(\.[^.]+)?$/, '')
  return plain.replace(/[^\p{L}\p{N}]/gu, '')
}

export function isTest(path: string): boolean {
  return /(^|\/)(tests?|__tests__|spec)\/|[._-](test|spec)\.[^/]+$|(^|\/)test_[^/]+$/i.test(path)
}

function depth(path: string): number {
  return path.split('/').length
}
