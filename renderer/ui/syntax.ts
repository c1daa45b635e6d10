import { type HunkData, type HunkTokens, markEdits, tokenize } from 'react-diff-view'
import { refractor } from 'refractor'

const LANGUAGES: Readonly<Record<string, string>> = {
  bash: 'bash',
  c: 'c',
  cc: 'cpp',
  cpp: 'cpp',
  cs: 'csharp',
  css: 'css',
  go: 'go',
  h: 'c',
  htm: 'markup',
  html: 'markup',
  java: 'java',
  js: 'javascript',
  json: 'json',
  jsx: 'javascript',
  kt: 'kotlin',
  less: 'less',
  lua: 'lua',
  md: 'markdown',
  mjs: 'javascript',
  cjs: 'javascript',
  mts: 'typescript',
  cts: 'typescript',
  php: 'php',
  pl: 'perl',
  py: 'python',
  r: 'r',
  rb: 'ruby',
  rs: 'rust',
  scss: 'scss',
  sh: 'bash',
  sql: 'sql',
  svg: 'markup',
  swift: 'swift',
  ts: 'typescript',
  tsx: 'typescript',
  vb: 'vbnet',
  xml: 'markup',
  yaml: 'yaml',
  yml: 'yaml',
}

/** More lines or characters than this are shown without colours: colouring blocks the window for as long as it takes. */
const MOST_LINES = 3_000
const MOST_CHARACTERS = 150_000

/** Colours of the code and marks of what changed within lines; null where they are not worth their time. */
export function colour(hunks: HunkData[], path: string): HunkTokens | null {
  const changes = hunks.flatMap((hunk) => hunk.changes)
  const characters = changes.reduce((sum, { content }) => sum + content.length, 0)
  if (changes.length > MOST_LINES || characters > MOST_CHARACTERS) return null
  const enhancers = [markEdits(hunks, { type: 'block' })]
  const language = LANGUAGES[path.split('.').at(-1)?.toLowerCase() ?? '']
  try {
    if (!language || !refractor.registered(language)) return tokenize(hunks, { enhancers })
    return tokenize(hunks, { highlight: true, refractor: adapted, language, enhancers })
  } catch {
    return null // a grammar that stumbles must not hide the diff
  }
}

/** The diff view wants the nodes, refractor answers with their root. */
const adapted = {
  highlight: (text: string, language: string) => refractor.highlight(text, language).children as never,
}
