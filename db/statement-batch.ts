import pg from 'pg'
import {
  type Answer,
  type Description,
  type NamedStatement,
  type Wire,
  WireStatement,
} from './wire-statement.ts'

/** What can be sent on. */
type Sender = Pick<pg.ClientBase, 'query'>

/**
 * Sends the statement with all others of the same turn of the program, in their order. The server answers them together:
 * with a barrier behind each, as pg puts it, it would wake this process for every one. When one fails, those behind it in
 * the turn are not run. What goes through `client.query` meanwhile has to call `sendGathered` before.
 */
export function sendTogether(client: Sender, statement: NamedStatement): Promise<Answer> {
  let batch = gathered.get(client)
  if (!batch) {
    batch = new StatementBatch()
    gathered.set(client, batch)
    process.nextTick(sendGathered, client)
  }
  return batch.add(statement)
}

/** Sends now what waits for the end of the turn. */
export function sendGathered(client: Sender): void {
  const batch = gathered.get(client)
  if (!batch) return
  gathered.delete(client)
  client.query(batch)
}

const gathered = new WeakMap<Sender, StatementBatch>()

/** Neither the statement nor what was to follow it has left this process. */
export class UnsentError extends Error {
  override readonly name = 'UnsentError'
  constructor(cause: unknown) {
    super(`A statement was not sent: ${cause instanceof Error ? cause.message : String(cause)}`, { cause })
  }
}

/** To the connection it is one statement, whose parts take their turn in the answer. */
export class StatementBatch implements pg.Submittable {
  // pg lets only its own class into a pipeline, against those that keep a portal open over several trips, which this one
  // does not. It is not extended: what its constructor prepares for a statement of its own costs as much as all of this.
  static {
    Object.setPrototypeOf(StatementBatch.prototype, pg.Query.prototype)
  }

  /** Set by pg where its address says `query_timeout`: it ends the connection when nobody has called this in time. */
  callback?: (error: null) => void
  readonly #parts: WireStatement[] = []
  #at = 0

  /** By name and text of the part that is answered now, pg notes what the connection has prepared. */
  get name(): string | undefined {
    return this.#parts[this.#at]?.name
  }

  get text(): string | undefined {
    return this.#parts[this.#at]?.text
  }

  /** The texts, in the order of sending. */
  get statements(): string[] {
    return this.#parts.map(({ text }) => text)
  }

  add(statement: NamedStatement): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.#parts.push(new WireStatement(statement, resolve, reject))
    })
  }

  submit(connection: pg.Connection): void {
    const wire = connection as unknown as Wire
    for (const [index, part] of this.#parts.entries()) {
      try {
        part.send(wire)
      } catch (cause) {
        // What is behind it must not be done as if it had been: a commit, say.
        const error = new UnsentError(cause)
        for (const late of this.#parts.splice(index)) late.fail(error)
      }
    }
    wire.sync()
  }

  handleRowDescription(message: Description): void {
    this.#parts[this.#at]?.describe(message)
  }

  handleDataRow({ fields }: { fields: (string | null)[] }): void {
    this.#parts[this.#at]?.addRow(fields)
  }

  handleCommandComplete({ text }: { text: string }, connection: Wire): void {
    const part = this.#parts[this.#at]
    part?.complete(text.split(' ', 1)[0] ?? '', connection)
    if (this.#at === this.#parts.length - 1) return // the barrier answers it
    this.#at += 1
    part?.settle()
  }

  handleReadyForQuery(): void {
    this.#parts[this.#at]?.settle()
    this.callback?.(null)
  }

  handleError(error: Error, connection: Wire): void {
    this.callback?.(null)
    const [failed, ...behind] = this.#parts.splice(this.#at)
    failed?.fail(error)
    for (const part of behind) {
      delete connection.submittedNamedStatements[part.name]
      part.fail(error)
    }
  }
}
