import { cutText } from '#shared/cut-text.ts'

/** What is told of one file, characters. */
const LONGEST = 300
const MOST_NAMES = 8

/** One sentence about a file from its own words: its leading comment or heading, and what it offers. */
export function describeFile(path: string, text: string): string {
  const said = /\.(md|mdx|markdown|rst|txt)$/i.test(path)
    ? heading(text)
    : /(^|\/)package\.json$/.test(path)
      ? ofPackage(text)
      : leadingComment(text)
  const names = offered(path, text)
  const parts = [
    said && sentence(said),
    names.length > 0 &&
      `Defines ${names.slice(0, MOST_NAMES).join(', ')}${names.length > MOST_NAMES ? ' and more' : ''}.`,
  ]
  return cutText(parts.filter(Boolean).join(' ') || `${countLines(text)} lines.`, LONGEST)
}

function sentence(text: string): string {
  const plain = text.replace(/\s+/g, ' ').trim()
  const first = /^.{10,}?[.!?](?=\s|$)/.exec(plain)?.[0] ?? plain
  const cut = cutText(first, 180)
  return /[.!?…]$/.test(cut) ? cut : `${cut}.`
}

function heading(text: string): string {
  return /^#{1,3}\s+(.+)$/m.exec(text)?.[1] ?? text.trimStart().split('\n')[0] ?? ''
}

function ofPackage(text: string): string {
  try {
    const { name, description, scripts } = JSON.parse(text) as Record<string, unknown>
    const run = typeof scripts === 'object' && scripts !== null ? Object.keys(scripts) : []
    return [
      `The package ${typeof name === 'string' ? name : ''}`.trim(),
      typeof description === 'string' && description !== '' ? `(${description})` : '',
      run.length > 0 ? `with the scripts ${run.slice(0, 12).join(', ')}` : '',
    ]
      .filter(Boolean)
      .join(' ')
  } catch {
    return 'A package file'
  }
}

const BLOCK =
  /^(?:#![^\n]*\n)?\s*(?:\/\*+([\s\S]*?)\*\/|("""|''')([\s\S]*?)\2|((?:[ \t]*(?:\/\/|#(?!include|!)|--)[^\n]*\n)+))/
const DOC = /\/\*\*([\s\S]{1,2000}?)\*\//

/** The comment that the file begins with, unless it is a licence; else the first one that documents something. */
function leadingComment(text: string): string {
  const begin = text.slice(0, 8_000)
  const found = BLOCK.exec(begin)
  const first = plainComment(found?.[1] ?? found?.[3] ?? found?.[4] ?? '')
  if (first && !/copyright|licen[cs]e|spdx|eslint|prettier|@ts-|use strict/i.test(first)) return first
  return plainComment(DOC.exec(begin)?.[1] ?? '')
}

function plainComment(text: string): string {
  const lines = text.split('\n').map((line) => line.replace(/^[ \t]*(\*|\/\/+|#+|--)?[ \t]?/, '').trim())
  const end = lines.findIndex((line, index) => index > 0 && (line === '' || line.startsWith('@')))
  return lines
    .slice(0, end < 0 ? undefined : end)
    .filter((line) => !line.startsWith('@'))
    .join(' ')
    .trim()
}

const OFFERS: readonly (readonly [RegExp, RegExp])[] = [
  [
    /\.[mc]?[jt]sx?$/,
    /^export\s+(?:default\s+)?(?:declare\s+)?(?:abstract\s+)?(?:async\s+)?(?:function\*?|const|let|class|interface|type|enum)\s+([\w$]+)/gm,
  ],
  [/\.py$/, /^(?:async\s+)?(?:def|class)\s+([A-Za-z]\w*)/gm],
  [/\.go$/, /^(?:func\s+(?:\([^)]*\)\s*)?|type\s+)([A-Z]\w*)/gm],
  [/\.rs$/, /^pub(?:\([^)]*\))?\s+(?:async\s+)?(?:fn|struct|enum|trait|mod)\s+(\w+)/gm],
  [
    /\.(java|kt|cs|swift|php)$/,
    /^[ \t]*(?:(?:public|open|internal|abstract|final|static|data)[ \t]+)*(?:class|interface|enum|record|struct|object)[ \t]+(\w+)/gm,
  ],
  [/\.rb$/, /^[ \t]*(?:class|module|def)[ \t]+([\w.?!:]+)/gm],
]

function offered(path: string, text: string): string[] {
  const pattern = OFFERS.find(([ending]) => ending.test(path))?.[1]
  if (!pattern) return []
  const names = new Set<string>()
  for (const [, name] of text.matchAll(pattern)) if (name) names.add(`\`${name}\``)
  return [...names]
}

function countLines(text: string): number {
  return text === '' ? 0 : text.split('\n').length - (text.endsWith('\n') ? 1 : 0)
}
