import { posix } from 'node:path'

const SCRIPT =
  /(?:\bfrom\s{0,20}|\bimport\s{0,20}\(?\s{0,20}|\brequire\s{0,20}\(\s{0,20})["']([^"'\n]{1,300})["']/g
const PYTHON =
  /^[ \t]{0,40}(?:from[ \t]{1,20}([\w.]{1,200})[ \t]{1,20}import|import[ \t]{1,20}([\w.]{1,200}))/gm
const INCLUDE = /^[ \t]{0,20}#[ \t]{0,20}include[ \t]{1,20}"([^"\n]{1,300})"/gm
const RUST = /^[ \t]{0,40}(?:pub[ \t]{1,20})?mod[ \t]{1,20}(\w{1,100})[ \t]{0,20};/gm

const ENDINGS = [
  '',
  '.ts',
  '.tsx',
  '.js',
  '.jsx',
  '.mjs',
  '.cjs',
  '.vue',
  '.svelte',
  '/index.ts',
  '/index.tsx',
  '/index.js',
]

/** The files of the repository that a source file imports by a relative path or, in Python, by a module's name. */
export function importedFiles(path: string, text: string, known: ReadonlySet<string>): string[] {
  const found = placesOf(path, text).flatMap((places) => places.find((place) => known.has(place)) ?? [])
  return [...new Set(found)].filter((one) => one !== path)
}

/** For each import the places where its file may be. */
function placesOf(path: string, text: string): string[][] {
  const folder = posix.dirname(path)
  const names = (pattern: RegExp) => [...text.matchAll(pattern)].map(([, one, other]) => one ?? other ?? '')
  if (/\.py$/.test(path)) return names(PYTHON).map((name) => pythonPlaces(name, folder))
  if (/\.(c|cc|cpp|cxx|h|hpp)$/.test(path)) return names(INCLUDE).map((name) => [join(folder, name), name])
  if (/\.rs$/.test(path)) {
    return names(RUST).map((name) => [join(folder, `${name}.rs`), join(folder, `${name}/mod.rs`)])
  }
  const relative = names(SCRIPT).filter((name) => name.startsWith('.'))
  return relative.map((name) => scriptPlaces(join(folder, name)))
}

/** TypeScript may name the file that it becomes: `./sum.js` for `sum.ts`. */
function scriptPlaces(place: string): string[] {
  const source = place.replace(/\.(m|c)?js(x?)$/, '.$1ts$2')
  return [...ENDINGS.map((ending) => place + ending), source, source.replace(/\.ts$/, '.tsx')]
}

function pythonPlaces(name: string, folder: string): string[] {
  const dots = /^\.*/.exec(name)?.[0].length ?? 0
  const rest = name.slice(dots).replaceAll('.', '/')
  const base = dots > 0 ? join(folder, '../'.repeat(dots - 1) || '.') : ''
  const place = posix.join(base || '.', rest)
  const beside = posix.join(folder, rest)
  return [`${place}.py`, `${place}/__init__.py`, `src/${place}.py`, ...(dots === 0 ? [`${beside}.py`] : [])]
}

function join(folder: string, name: string): string {
  return posix.join(folder, name)
}
