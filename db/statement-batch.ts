import pg from 'pg'

/** A statement that its connection remembers under a name. One name is one text, for ever. */
interface NamedStatement {
  name: string
  text: string
  values?: unknown[]
  types?: pg.CustomTypesConfig
}

/** What can be sent on. */
type Sender = Pick<pg.ClientBase, 'query'>

/**
 * Sends the statement with all others of the same turn of the program, in their order. The server answers them together:
 * with a barrier behind each, as pg puts it, it would wake this process for every one. When one fails, those behind it in
 * the turn are not run. What goes through `client.query` meanwhile has to call `sendGathered` before.
 */
export function sendTogether(client: Sender, statement: NamedStatement): Promise<pg.QueryResult> {
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

/** What pg asks of a statement that is under way, of which its types know only the first. */
interface Answered {
  readonly name: string | undefined
  readonly text: string
  submit(connection: Wire): Error | null
  handleRowDescription(message: unknown): void
  handleDataRow(message: unknown): void
  handleCommandComplete(message: unknown, connection: Wire): void
  handleReadyForQuery(connection: Wire): void
  handleError(error: Error, connection: Wire): void
}

type Wire = pg.Connection & { submittedNamedStatements?: Record<string, string> }

/** To the connection it is one statement, whose parts take their turn in the answer. */
export class StatementBatch extends pg.Query {
  readonly #parts: Answered[] = []
  #at = 0

  constructor() {
    super({ text: '' })
    this.submit = (connection) => this.#submit(connection)
    // The connection notes by these what it has prepared.
    Object.defineProperty(this, 'name', { get: () => this.#part?.name })
    Object.defineProperty(this, 'text', { get: () => this.#part?.text })
  }

  /** The texts, in the order of sending. */
  get statements(): string[] {
    return this.#parts.map(({ text }) => text)
  }

  add(statement: NamedStatement): Promise<pg.QueryResult> {
    return new Promise((resolve, reject) => {
      const answer = (error: Error | undefined, result: pg.QueryResult) =>
        error ? reject(error) : resolve(result)
      this.#parts.push(new pg.Query(statement, answer) as unknown as Answered)
    })
  }

  get #part(): Answered | undefined {
    return this.#parts[this.#at]
  }

  #submit(connection: Wire): void {
    let unbound: Error | undefined // pg closes a statement only when its values cannot be sent
    const close = () => {
      unbound = new Error('The values of a statement could not be sent.')
    }
    const open: Wire = Object.create(connection, { sync: { value: () => {} }, close: { value: close } })
    for (const [index, part] of this.#parts.entries()) {
      const error = part.submit(open) ?? unbound
      if (!error) continue
      // What is behind it must not be done as if it had been: a commit, say.
      for (const late of this.#parts.splice(index)) late.handleError(error, connection)
    }
    connection.sync()
  }

  handleRowDescription(message: unknown): void {
    this.#part?.handleRowDescription(message)
  }

  handleDataRow(message: unknown): void {
    this.#part?.handleDataRow(message)
  }

  handleCommandComplete(message: unknown, connection: Wire): void {
    const part = this.#part
    part?.handleCommandComplete(message, connection)
    if (this.#at === this.#parts.length - 1) return // the barrier answers it
    this.#at += 1
    part?.handleReadyForQuery(connection)
  }

  handleReadyForQuery(connection: Wire): void {
    this.#part?.handleReadyForQuery(connection)
    this.#endTimeout()
  }

  handleError(error: Error, connection: Wire): void {
    this.#endTimeout()
    const [failed, ...behind] = this.#parts.splice(this.#at)
    failed?.handleError(error, connection)
    for (const part of behind) {
      if (part.name) delete connection.submittedNamedStatements?.[part.name]
      part.handleError(error, connection)
    }
  }

  /** With `query_timeout` in its address a connection is ended when nobody has called this in time. */
  #endTimeout(): void {
    ;(this as { callback?: (error: null) => void }).callback?.(null)
  }
}
