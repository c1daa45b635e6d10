import type { RuleEffect } from '#shared/policy.ts'
import { isAssignment, readShellLine, type SimpleCommand } from './shell-line.ts'

/** A word of a pattern: text with wildcards, or any number of words. */
type PatternWord = { any: true } | { any: false; matches: RegExp }

/** Why a pattern cannot be one of a command, as a sentence; null: it can. */
export function commandPatternProblem(pattern: string, effect: RuleEffect): string | null {
  const words = patternWords(pattern)
  if (words.length === 0) return 'Name a command, for example “npm test **”.'
  if (effect === 'allow' && /^\*/.test(pattern.trim()))
    return 'A rule for a command begins with the name of a program.'
  if (/[\n\r]/.test(pattern)) return 'A rule for a command is one line.'
  const { commands, unclear } = readShellLine(pattern.replaceAll(/(^|\s)\*+/g, '$1x').replaceAll('*', 'x'))
  if (unclear || commands.length !== 1 || commands[0]?.redirects.length) {
    return 'A rule is about one plain command: no &&, pipes, redirections or variables. Make one rule for each command.'
  }
  return null
}

/** Whether the pattern is about this command, word for word from its beginning to its end. */
export function matchesCommand(pattern: string, words: readonly string[]): boolean {
  return match(patternWords(pattern), words)
}

/** The pattern that is about exactly these words. */
export function exactPattern(words: readonly string[]): string {
  return words.map(quoted).join(' ')
}

/** Tasks that run what the project itself says: their further arguments widen nothing. */
const PREFIXES = [
  /^(npm|pnpm|yarn|bun) test\b/,
  /^(npm|pnpm|yarn|bun) run [\w:.-]+/,
  /^cargo (test|build|check|clippy)\b/,
  /^go (test|build|vet)\b/,
  /^(pytest|vitest|jest|tsc|eslint|biome check)\b/,
  /^(npx|pnpm exec) (vitest|jest|tsc|eslint|biome)\b/,
]

/**
 * The narrow pattern that a remembered answer leaves for a command: the beginning of a well-known task and anything
 * after it, or else exactly these words.
 */
export function proposedPattern({ words }: SimpleCommand): string {
  const text = words.join(' ')
  const prefix = PREFIXES.map((known) => known.exec(text)?.[0]).find((found) => found !== undefined)
  const count = prefix?.split(' ').length ?? 0
  if (prefix && exactPattern(words.slice(0, count)) === prefix) return `${prefix} **`
  return exactPattern(words)
}

/**
 * All ways to read a command that a refusal has to see through: without its folder, without assignments, what a
 * program that starts others would start, and git without its own options.
 */
export function disguises(command: SimpleCommand, depth = 0): string[][] {
  const bare = command.words.slice(command.words.findIndex((word) => !isAssignment(word)))
  const plain = [basename(bare[0] ?? ''), ...bare.slice(1)]
  const found = [command.words, bare, plain]
  if (plain[0] === 'git') found.push(['git', ...withoutGitOptions(plain.slice(1))])
  if (!STARTERS.has(plain[0] ?? '') || depth >= 4) return found
  for (let from = 1; from < plain.length; from += 1) {
    const rest = plain.slice(from)
    const inner = readShellLine(rest[0] ?? '').commands
    // The text of `sh -c`, `eval` and the like, or the arguments themselves.
    const all = inner.length > 0 && /\s/.test(rest[0] ?? '') ? inner : [{ words: rest, redirects: [] }]
    found.push(...all.flatMap((one) => disguises(one, depth + 1)))
  }
  return found
}

/** Programs, and words of the shell, that run what their arguments say. */
const STARTERS = new Set(
  (
    'sudo doas su env nice ionice nohup timeout time setsid stdbuf xargs find parallel watch entr command builtin ' +
    'exec eval if then else elif while until do ! { sh bash dash zsh ksh fish busybox script unshare chroot ssh flock strace ltrace npx bunx pnpx'
  ).split(' '),
)

function basename(program: string): string {
  return (program.split(/[\\/]/).at(-1) ?? '').replace(/\.(exe|cmd|bat)$/i, '')
}

function withoutGitOptions(words: readonly string[]): string[] {
  let at = 0
  while (words[at]?.startsWith('-'))
    at += /^(-C|-c|--git-dir|--work-tree|--namespace|--exec-path)$/.test(words[at] ?? '') ? 2 : 1
  return words.slice(at)
}

/** Words are parted by spaces; quotation marks and backslashes make what they hold literal. */
function patternWords(pattern: string): PatternWord[] {
  const words: PatternWord[] = []
  for (const [, text] of pattern.matchAll(/((?:\\.|'[^']*'|"[^"]*"|[^\s])+)/g)) {
    words.push(text === '**' ? { any: true } : { any: false, matches: wordPattern(text ?? '') })
  }
  return words
}

function wordPattern(text: string): RegExp {
  const parts = text.match(/\\[\s\S]|'[^']*'|"[^"]*"|\*+|[\s\S]/g) ?? []
  const source = parts.map((part) => {
    if (part.startsWith('*')) return '[\\s\\S]*'
    if (part.startsWith('\\')) return escaped(part.slice(1))
    if (part.length > 1) return escaped(part.slice(1, -1))
    return escaped(part)
  })
  return new RegExp(`^${source.join('')}$`)
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')
}

function quoted(word: string): string {
  if (/^[\w@%+=:,./~^-]+$/.test(word)) return word
  return /^[^'*]*$/.test(word) ? `'${word}'` : word.replace(/[^\w@%+=:,./~^-]/g, '\\$&') || "''"
}

/** Without backtracking over more than one wildcard at a time: the last `**` takes what is left over. */
function match(pattern: readonly PatternWord[], words: readonly string[]): boolean {
  let [p, w, star, from] = [0, 0, -1, 0]
  while (w < words.length) {
    const wanted = pattern[p]
    if (wanted && !wanted.any && wanted.matches.test(words[w] ?? '')) {
      p += 1
      w += 1
    } else if (wanted?.any) {
      star = p
      from = w
      p += 1
    } else if (star >= 0) {
      from += 1
      w = from
      p = star + 1
    } else return false
  }
  return pattern.slice(p).every((rest) => rest.any)
}
