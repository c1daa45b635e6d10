import { assertNever } from '#shared/assert-never.ts'
import { type Token, tokenize } from './shell-tokens.ts'

/** One program with its arguments, as a shell would start it. */
export interface SimpleCommand {
  /** Assignments before it (`CI=1`), the program and its arguments, without quotes. */
  words: string[]
  /** Files that it is redirected from or to; the null device and copies of other streams are not among them. */
  redirects: string[]
}

/** What a command line would run. */
export interface ShellLine {
  /** Every program that is named in it, those in substitutions and subshells too. */
  commands: SimpleCommand[]
  /** Why it cannot be told what exactly runs; null: `commands` is all of it, word by word. */
  unclear: string | null
}

/** Longer lines are read by nobody before they are allowed. */
const LONGEST_LINE = 10_000
const DEEPEST = 5

/** First words that make a shell do something else than start a program. */
const RESERVED = new Set(
  '! { } [[ ]] case coproc do done elif else esac fi for function if in select then time until while'.split(
    ' ',
  ),
)
/** Programs of the shell itself that change what later words mean. */
const REDEFINES = new Set(['.', 'alias', 'eval', 'exec', 'hash', 'set', 'shopt', 'source', 'trap', 'unalias'])

/**
 * Reads a line as `/bin/sh` and bash do. What depends on something else than the line (variables, substitutions,
 * loops, functions, names that begin with a wildcard) makes it unclear; nothing is ever left out of `commands` that
 * could be found. On Windows only lines without any special character are clear.
 */
export function readShellLine(line: string, shell: 'posix' | 'windows' = 'posix', depth = 0): ShellLine {
  if (line.length > LONGEST_LINE) return { commands: [], unclear: 'it is too long to be looked at' }
  const { tokens, unclear } = tokenize(line)
  const reader = new Reader(tokens, depth)
  const commands = reader.readAll()
  const strange = shell === 'windows' && !/^[\w@./\\:=, -]+$/.test(line)
  return { commands, unclear: unclear ?? reader.unclear ?? (strange ? 'it has special characters' : null) }
}

class Reader {
  unclear: string | null = null
  readonly #tokens: readonly Token[]
  readonly #depth: number
  readonly #commands: SimpleCommand[] = []
  #words: string[] = []
  #redirects: string[] = []
  #open = 0

  constructor(tokens: readonly Token[], depth: number) {
    this.#tokens = tokens
    this.#depth = depth
  }

  readAll(): SimpleCommand[] {
    for (let at = 0; at < this.#tokens.length; at += 1) {
      const token = this.#tokens[at]
      if (token?.type === 'redirect') at += this.#redirect(token.operator, this.#tokens[at + 1])
      else if (token) this.#take(token)
    }
    this.#end()
    if (this.#open !== 0) this.#doubt('its brackets do not match')
    return this.#commands
  }

  #take(token: Exclude<Token, { type: 'redirect' }>): void {
    switch (token.type) {
      case 'word':
        this.#words.push(token.text)
        for (const inner of token.substitutions) this.#readInner(inner)
        return
      case 'open':
        // A bracket after a word makes a function of it.
        if (this.#words.length > 0) this.#doubt('it defines a function')
        this.#open += 1
        break
      case 'close':
        this.#open -= 1
        if (this.#open < 0) this.#doubt('its brackets do not match')
        break
      case 'separator':
        break
      default:
        assertNever(token)
    }
    this.#end()
  }

  #readInner(line: string): void {
    if (this.#depth >= DEEPEST) this.#doubt('it is nested too deeply')
    else this.#commands.push(...readShellLine(line, 'posix', this.#depth + 1).commands)
  }

  /** Gives how many tokens it took. */
  #redirect(operator: string, target: Token | undefined): number {
    if (operator.startsWith('<<')) this.#doubt('it has a here-document')
    if (target?.type !== 'word') {
      this.#doubt('a redirection has no target')
      return 0
    }
    const isCopy = operator.endsWith('&') && /^(\d+|-)$/.test(target.text)
    if (!isCopy && target.text !== '/dev/null') this.#redirects.push(target.text)
    for (const inner of target.substitutions) this.#readInner(inner)
    return 1
  }

  #end(): void {
    const words = this.#words
    const redirects = this.#redirects
    this.#words = []
    this.#redirects = []
    if (words.length === 0 && redirects.length === 0) return
    this.#commands.push({ words, redirects })
    const program = words.find((word) => !isAssignment(word))
    if (program === undefined) return
    if (RESERVED.has(program)) this.#doubt(`“${program}” makes a program of it`)
    if (/[*?[]/.test(program)) this.#doubt('its program is a wildcard')
    if (REDEFINES.has(program)) this.#doubt(`“${program}” changes what the rest means`)
  }

  #doubt(why: string): void {
    this.unclear ??= why
  }
}

/** `NAME=value` before a program. */
export function isAssignment(word: string): boolean {
  return /^[A-Za-z_]\w*\+?=/.test(word)
}
