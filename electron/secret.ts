import { inspect } from 'node:util'

/** A value that shows itself only when asked: not in logs, errors or JSON. */
export class Secret {
  readonly #value: string
  constructor(value: string) {
    this.#value = value
  }
  reveal(): string {
    return this.#value
  }
  toString(): string {
    return '[secret]'
  }
  toJSON(): string {
    return '[secret]'
  }
  [inspect.custom](): string {
    return '[secret]'
  }
}

/** What samples and guides write where a secret belongs. */
const PLACEHOLDER =
  /^(?:sk-ant-)?(?:<.*>|\*+|x{3,}|\.{3}|change[-_]?(?:me|this|it).*|replace[-_]?(?:me|this|with).*|your[-_].*|place[-_]?holder.*|example|secret|insecure.*|todo)$/i

export function isPlaceholder(text: string): boolean {
  return PLACEHOLDER.test(passwordOf(text) ?? text)
}

/** The password within an address, decoded; null where the text is no address or has none. */
export function passwordOf(text: string): string | null {
  if (!text.includes('://') || !URL.canParse(text)) return null
  const { password, searchParams } = new URL(text)
  const found = password || searchParams.get('password')
  if (!found) return null
  try {
    return decodeURIComponent(found)
  } catch {
    return found // a bare % in a password
  }
}
