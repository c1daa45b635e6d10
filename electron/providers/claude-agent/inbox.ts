import type { UserMessage } from './sdk.ts'

/** What is said to the agent: the step, then what people add, until the inbox is closed. */
export class Inbox {
  readonly #waiting: string[]
  #ring = () => {}
  #isClosed = false

  constructor(first: string) {
    this.#waiting = [first]
  }

  say(text: string): void {
    this.#waiting.push(text)
    this.#ring()
  }

  close(): void {
    this.#isClosed = true
    this.#ring()
  }

  async *messages(): AsyncGenerator<UserMessage> {
    for (;;) {
      const next = new Promise<void>((resolve) => {
        this.#ring = resolve
      })
      for (const content of this.#waiting.splice(0))
        yield { type: 'user', message: { role: 'user', content }, parent_tool_use_id: null }
      if (this.#waiting.length > 0) continue
      if (this.#isClosed) return
      await next
    }
  }
}
