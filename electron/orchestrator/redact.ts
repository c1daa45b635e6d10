/** Blots secrets out of text that an agent wrote, read or printed; NUL, which jsonb cannot hold, becomes visible. */
export function redact(text: string, secrets: readonly string[]): string {
  return secrets.reduce(
    (all, secret) => all.replaceAll(secret, '[redacted]'),
    text.replaceAll('\u0000', '\ufffd'),
  )
}

/** The same for text that comes in pieces: a secret may be cut anywhere. */
export interface StreamRedactor {
  /** What can be told now; the end that may be the beginning of a secret waits for the next piece. */
  push(piece: string): string
  /** What was held back. */
  flush(): string
}

export function createStreamRedactor(secrets: readonly string[]): StreamRedactor {
  let held = ''
  return {
    push(piece) {
      const text = redact(held + piece, secrets)
      const length = Math.max(0, ...secrets.map((secret) => beginningAtEnd(text, secret)))
      held = text.slice(text.length - length)
      return text.slice(0, text.length - length)
    },
    flush() {
      const rest = held
      held = ''
      return rest
    },
  }
}

/** How many of the last characters of the text are the first ones of the secret. */
function beginningAtEnd(text: string, secret: string): number {
  for (let length = Math.min(secret.length - 1, text.length); length > 0; length -= 1) {
    if (text.endsWith(secret.slice(0, length))) return length
  }
  return 0
}
