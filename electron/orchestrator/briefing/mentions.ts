/** What a text says about files: paths and names of files, names of code, and its other words. All but `paths` lower case. */
export interface Mentions {
  /** As written: with a folder, or with an extension. */
  paths: ReadonlySet<string>
  /** Names of code as written, the likeliest first: those in backticks, then camelCase and snake_case. */
  names: readonly string[]
  words: ReadonlySet<string>
}

const LONGEST_TEXT = 60_000
const MOST_PATHS = 200
const MOST_NAMES = 24
const MOST_WORDS = 300

/** Texts come from strangers: each pattern is bounded, or looks at one token only. */
const BETWEEN_TOKENS = /[\s"'`()<>[\]{},;|*]+/
const PATH = /^[\w@.+/-]+\/[\w@.+-]+$|^[\w@+-][\w@.+-]*\.[A-Za-z][A-Za-z0-9]{0,9}$/
const LONGEST_PATH = 300
const QUOTED = /`([^`\n]{2,80})`/g
const NAME = /[A-Za-z_$][\w$]{2,60}/g
const WORD = /[\p{L}\p{N}]{3,40}/gu

/** So common in cards and plans that they find everything. */
const EMPTY_WORDS = new Set(
  'the and for that this with from into not are was has have should must will can add make use when then than all any its it file files code new test tests change changes card task plan step steps one two each only also which what how who why but out our your their there here been does done fix mend update create remove delete write read set get run goal risk risks verify export import function class const return true false null'.split(
    ' ',
  ),
)

export function findMentions(texts: readonly (string | null)[]): Mentions {
  const text = texts.filter(Boolean).join('\n').slice(0, LONGEST_TEXT)
  return { paths: pathsIn(text), names: namesIn(text), words: wordsIn(text) }
}

function pathsIn(text: string): ReadonlySet<string> {
  const tokens = text.split(BETWEEN_TOKENS).filter((token) => token.length <= LONGEST_PATH)
  const plain = tokens
    .filter((token) => !token.includes('://'))
    .map((token) => token.replace(/^\.\//, '').replace(/(:\d+){0,2}[.:!?]*$/, ''))
  return new Set([...new Set(plain)].filter((token) => PATH.test(token)).slice(0, MOST_PATHS))
}

function namesIn(text: string): string[] {
  const quoted = [...text.matchAll(QUOTED)].flatMap(([, code = '']) => [...code.matchAll(NAME)])
  const plain = [...text.matchAll(NAME)].filter(([name]) => isCoded(name))
  const names = new Set([...quoted, ...plain].map(([name]) => name).filter(isTelling))
  return [...names].slice(0, MOST_NAMES)
}

function wordsIn(text: string): ReadonlySet<string> {
  const words = [...text.toLowerCase().matchAll(WORD)].map(([word]) => word)
  const telling = new Set(words.filter((word) => !EMPTY_WORDS.has(word) && !/^\d+$/.test(word)))
  return new Set([...telling].slice(0, MOST_WORDS))
}

function isTelling(name: string): boolean {
  return name.length >= 3 && !EMPTY_WORDS.has(name.toLowerCase())
}

/** Such as people write only in code: fooBar, FooBar, foo_bar, FOO. */
function isCoded(name: string): boolean {
  return /[a-z][A-Z]/.test(name) || /\w_\w/.test(name) || /^[A-Z][A-Z0-9]{2,}$/.test(name)
}

/** The parts of a path or a name as lower-case words: `fooBar/baz-qux.ts` → foo, bar, baz, qux, ts. */
export function wordsOf(path: string): string[] {
  return path
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean)
}
