import pg from 'pg'
import utils from 'pg/lib/utils.js'

/** A statement that its connection remembers under a name. One name is one text, for ever, read with the same types. */
export interface NamedStatement {
  name: string
  text: string
  values?: unknown[]
  types?: pg.CustomTypesConfig
}

export interface Answer {
  rows: Record<string, unknown>[]
  /** INSERT, SELECT, COMMIT … as the server says what it did. */
  command: string
}

/** What pg writes to and remembers of a connection, of which its types know nothing. */
export interface Wire {
  /** Text of what the server has prepared, and of what it was asked to prepare, by name. */
  readonly parsedStatements: Record<string, string>
  readonly submittedNamedStatements: Record<string, string>
  parse(statement: { name: string; text: string }): void
  bind(portal: { statement: string; values: unknown[]; valueMapper: (value: unknown) => unknown }): void
  describe(portal: { type: 'P' }): void
  execute(portal: object): void
  sync(): void
}

/** What the server says of the columns of an answer. */
export interface Description {
  fields: readonly { name: string; dataTypeID: number }[]
}

interface Column {
  name: string
  read(text: string): unknown
}

/** A prepared statement never changes its columns (the server refuses to run it then): they are asked for once. */
const columns = new WeakMap<Wire, Map<string, readonly Column[]>>()

function columnsOf(wire: Wire): Map<string, readonly Column[]> {
  const known = columns.get(wire) ?? new Map<string, readonly Column[]>()
  columns.set(wire, known)
  return known
}

/** One statement on its way to the server and back. */
export class WireStatement {
  readonly #statement: NamedStatement
  readonly #resolve: (answer: Answer) => void
  readonly #reject: (error: unknown) => void
  readonly #rows: Record<string, unknown>[] = []
  #columns: readonly Column[] = []
  #command = ''
  #unread: { reason: unknown } | undefined

  constructor(
    statement: NamedStatement,
    resolve: (answer: Answer) => void,
    reject: (error: unknown) => void,
  ) {
    this.#statement = statement
    this.#resolve = resolve
    this.#reject = reject
  }

  get name(): string {
    return this.#statement.name
  }

  get text(): string {
    return this.#statement.text
  }

  /** Throws before anything is sent when the values cannot be written, or the name is another statement's. */
  send(wire: Wire): void {
    const { name, text, values = [] } = this.#statement
    const texts = values.map(utils.prepareValue)
    const prepared = wire.parsedStatements[name] ?? wire.submittedNamedStatements[name]
    if (prepared === undefined) {
      wire.parse({ name, text })
      wire.submittedNamedStatements[name] = text
    } else if (prepared !== text) {
      throw new Error(`Two statements are named ${name}.`)
    }
    wire.bind({ statement: name, values: texts, valueMapper: asItIs })
    const known = columnsOf(wire).get(name)
    if (known) this.#columns = known
    else wire.describe({ type: 'P' })
    wire.execute({})
  }

  describe({ fields }: Description): void {
    const { types = pg.types } = this.#statement
    this.#columns = fields.map(({ name, dataTypeID }) => ({
      name,
      read: types.getTypeParser(dataTypeID, 'text'),
    }))
  }

  addRow(fields: readonly (string | null)[]): void {
    if (this.#unread) return
    const row: Record<string, unknown> = {}
    try {
      for (const [index, { name, read }] of this.#columns.entries()) {
        const field = fields[index] ?? null
        row[name] = field === null ? null : read(field)
      }
    } catch (reason) {
      this.#unread = { reason }
    }
    this.#rows.push(row)
  }

  complete(command: string, wire: Wire): void {
    this.#command = command
    columnsOf(wire).set(this.name, this.#columns)
  }

  settle(): void {
    if (this.#unread) this.#reject(this.#unread.reason)
    else this.#resolve({ rows: this.#rows, command: this.#command })
  }

  fail(error: unknown): void {
    this.#reject(error)
  }
}

const asItIs = (value: unknown) => value
