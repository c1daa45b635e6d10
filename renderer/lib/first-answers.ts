import { firstQuestions, questionKey } from '#shared/first-questions.ts'
import type { CallId, IpcError } from '#shared/ipc.ts'
import type { Caller, PortClient, ReplyMessage } from './port-client.ts'

/** What the window has not taken by then is asked anew, in milliseconds. */
const KEPT_MS = 10_000

/** Null: the connection is closed for good. */
export type FirstAnswer = { data: unknown } | { error: IpcError } | null

/**
 * What the first screen begins with, asked while its code is still being read. It needs nothing but the connection. Each
 * answer is given once: whoever asks later asks the app.
 */
export class FirstAnswers {
  readonly #answers = new Map<string, Promise<FirstAnswer>>()

  /** Asks what a window at this address begins with. */
  ask(client: PortClient, hash: string): void {
    for (const { path, input } of firstQuestions(hash)) this.#ask(client, path, input)
  }

  /** The answer to a question that was asked. */
  take(path: string, input: unknown): Promise<FirstAnswer> | undefined {
    const key = questionKey(path, input)
    const answer = this.#answers.get(key)
    this.#answers.delete(key)
    return answer
  }

  #ask(client: PortClient, path: string, input?: unknown): void {
    const key = questionKey(path, input)
    const answer = new Promise<FirstAnswer>((resolve) => {
      client.join(new FirstQuestion(client, { path, input }, resolve))
    })
    this.#answers.set(key, answer)
    void answer.then(() => setTimeout(() => this.#answers.delete(key), KEPT_MS))
  }
}

/** Those of this window. */
export const firstAnswers = new FirstAnswers()

class FirstQuestion implements Caller {
  readonly isEager = true
  readonly #client: PortClient
  readonly #question: { path: string; input: unknown }
  readonly #resolve: (answer: FirstAnswer) => void
  #id: CallId = 0

  constructor(
    client: PortClient,
    question: { path: string; input: unknown },
    resolve: (answer: FirstAnswer) => void,
  ) {
    this.#client = client
    this.#question = question
    this.#resolve = resolve
  }

  opened(): void {
    this.#id = this.#client.register(this)
    this.#client.post({ t: 'call', id: this.#id, kind: 'query', ...this.#question })
  }

  reply(message: ReplyMessage): void {
    this.#client.leave(this, this.#id)
    if (message.t === 'data') this.#resolve({ data: message.data })
    if (message.t === 'error') this.#resolve({ error: message.error })
  }

  lost(): boolean {
    return true
  }

  closed(): void {
    this.#resolve(null)
  }
}
