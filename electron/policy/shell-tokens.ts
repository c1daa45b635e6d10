import { hasInvisible } from './visible-text.ts'

export type Token =
  | { type: 'word'; text: string; substitutions: string[] }
  | { type: 'separator' }
  | { type: 'open' }
  | { type: 'close' }
  | { type: 'redirect'; operator: string }

/** Splits a command line into words and operators. `unclear` says why a word's text is not what a shell would make of it. */
export function tokenize(line: string): { tokens: Token[]; unclear: string | null } {
  const lexer = new Lexer(line)
  lexer.run()
  if (hasInvisible(line)) lexer.doubt('it has characters that cannot be seen')
  return { tokens: lexer.tokens, unclear: lexer.unclear }
}

class Lexer {
  readonly tokens: Token[] = []
  unclear: string | null = null
  readonly #line: string
  #at = 0
  #word: string | null = null
  #isQuoted = false
  #substitutions: string[] = []

  constructor(line: string) {
    this.#line = line
  }

  doubt(why: string): void {
    this.unclear ??= why
  }

  run(): void {
    while (this.#at < this.#line.length) this.#step(this.#line.charAt(this.#at))
    this.#endWord()
  }

  #step(char: string): void {
    if (char === ' ' || char === '\t') {
      this.#endWord()
      this.#at += 1
    } else if (char === "'") this.#single()
    else if (char === '"') this.#double()
    else if (char === '\\') this.#escape()
    else if (char === '$') this.#dollar()
    else if (char === '`') this.#backtick()
    else if (char === '#' && this.#word === null) this.#comment()
    else if ('\n;&|()<>'.includes(char)) this.#operator()
    else this.#plain(char)
  }

  #plain(char: string): void {
    // A name that begins with a wildcard may come out as an option.
    if ('*?['.includes(char) && !this.#word) this.doubt('it begins a word with a wildcard')
    if (char === '{' && /^\{[^}\s]*(,|\.\.)/.test(this.#line.slice(this.#at))) this.doubt('it has braces')
    this.#add(char)
    this.#at += 1
  }

  #add(text: string): void {
    this.#word = (this.#word ?? '') + text
  }

  #endWord(): void {
    if (this.#word === null) return
    this.tokens.push({ type: 'word', text: this.#word, substitutions: this.#substitutions })
    this.#word = null
    this.#isQuoted = false
    this.#substitutions = []
  }

  #single(): void {
    this.#isQuoted = true
    const end = this.#line.indexOf("'", this.#at + 1)
    if (end < 0) this.doubt('a quotation mark is not closed')
    this.#add(this.#line.slice(this.#at + 1, end < 0 ? undefined : end))
    this.#at = end < 0 ? this.#line.length : end + 1
  }

  #double(): void {
    this.#isQuoted = true
    this.#add('')
    this.#at += 1
    while (this.#at < this.#line.length && this.#line.charAt(this.#at) !== '"') this.#quotedChar()
    if (this.#at >= this.#line.length) this.doubt('a quotation mark is not closed')
    this.#at += 1
  }

  #quotedChar(): void {
    const char = this.#line.charAt(this.#at)
    if (char === '$') this.#dollar()
    else if (char === '`') this.#backtick()
    else if (char === '\\' && '$`"\\\n'.includes(this.#line.charAt(this.#at + 1))) this.#escape()
    else {
      this.#add(char)
      this.#at += 1
    }
  }

  #escape(): void {
    const next = this.#line.charAt(this.#at + 1)
    this.#isQuoted = true
    if (next === '') this.doubt('it ends with a backslash')
    else if (next !== '\n') this.#add(next)
    this.#at += 2
  }

  #dollar(): void {
    this.doubt('it depends on a variable or another command')
    const rest = this.#line.slice(this.#at)
    if (rest.startsWith('$(')) this.#substitution('$(')
    else {
      this.#add('$')
      this.#at += 1
    }
  }

  #backtick(): void {
    this.doubt('it depends on a variable or another command')
    const end = this.#line.indexOf('`', this.#at + 1)
    const inner = this.#line.slice(this.#at + 1, end < 0 ? undefined : end)
    this.#substitutions.push(inner)
    this.#add(`\`${inner}\``)
    this.#at = end < 0 ? this.#line.length : end + 1
  }

  /** Up to the bracket that closes it, by count: more is found than runs where a quoted one is counted. */
  #substitution(opener: string): void {
    let depth = 1
    let end = this.#at + opener.length
    for (; end < this.#line.length && depth > 0; end += 1) {
      if (this.#line.charAt(end) === '(') depth += 1
      if (this.#line.charAt(end) === ')') depth -= 1
    }
    this.#substitutions.push(this.#line.slice(this.#at + opener.length, depth === 0 ? end - 1 : end))
    this.#add(this.#line.slice(this.#at, end))
    this.#at = end
  }

  #comment(): void {
    const end = this.#line.indexOf('\n', this.#at)
    this.#at = end < 0 ? this.#line.length : end
  }

  #operator(): void {
    const rest = this.#line.slice(this.#at)
    const redirect = /^(?:&>>|&>|<<<|<<-|<<|<>|<&|>>|>&|>\||<|>)/.exec(rest)?.[0]
    if (redirect) {
      this.#redirect(redirect, rest)
      return
    }
    const operator = /^(?:\|\||&&|;;|\|&|[\n;&|()])/.exec(rest)?.[0] ?? rest.charAt(0)
    this.#endWord()
    if (operator === ';;') this.doubt('it has a case')
    if (operator === '(') this.tokens.push({ type: 'open' })
    else if (operator === ')') this.tokens.push({ type: 'close' })
    else this.tokens.push({ type: 'separator' })
    this.#at += operator.length
  }

  #redirect(operator: string, rest: string): void {
    if (rest.startsWith(`${operator.charAt(0)}(`) && !operator.startsWith('&')) {
      this.doubt('it depends on another command')
      this.#substitution(rest.slice(0, 2))
      return
    }
    // `2>`: the number of the stream is no argument.
    if (this.#word !== null && !this.#isQuoted && /^\d+$/.test(this.#word)) this.#word = null
    this.#endWord()
    this.tokens.push({ type: 'redirect', operator })
    this.#at += operator.length
  }
}
