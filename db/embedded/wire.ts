import { connect } from 'node:net'

/** An error message of the server; `code` is its SQL state. */
export class ServerMessage extends Error {
  override readonly name = 'ServerMessage'
  readonly code: string
  constructor(code: string, message: string) {
    super(message)
    this.code = code
  }
}

/**
 * Asks one question over the socket of a server that trusts whoever reaches it, with nothing but Node: the watchdog
 * must work when the app is gone, packages and all. Rows come as text.
 */
export async function ask(
  socket: string,
  login: { user: string; database: string; application_name: string },
  sql: string,
  signal: AbortSignal,
): Promise<string[][]> {
  const stream = connect({ path: socket, signal })
  try {
    stream.write(startup(login))
    const rows: string[][] = []
    let readies = 0
    for await (const { type, body } of messages(stream)) {
      if (type === 'D') rows.push(readRow(body))
      else if (type === 'Z') readies++
      else refuseBad(type, body)
      if (type !== 'Z') continue
      if (readies === 2) return rows
      stream.write(frame('Q', Buffer.from(`${sql}\0`)))
    }
    throw new Error('The server ended the connection')
  } finally {
    stream.destroy()
  }
}

function refuseBad(type: string, body: Buffer): void {
  if (type === 'E') throw toServerMessage(body)
  if (type === 'R' && body.readInt32BE(0) !== 0) throw new Error('The server asks for a password')
}

const PROTOCOL_3 = 196_608

function startup(login: Record<string, string>): Buffer {
  const words = Object.entries(login).flat()
  const body = Buffer.from(`${words.join('\0')}\0\0`)
  const head = Buffer.alloc(8)
  head.writeInt32BE(body.length + 8, 0)
  head.writeInt32BE(PROTOCOL_3, 4)
  return Buffer.concat([head, body])
}

function frame(type: string, body: Buffer): Buffer {
  const head = Buffer.alloc(5)
  head.write(type, 0)
  head.writeInt32BE(body.length + 4, 1)
  return Buffer.concat([head, body])
}

async function* messages(stream: AsyncIterable<Buffer>): AsyncGenerator<{ type: string; body: Buffer }> {
  let rest = Buffer.alloc(0)
  for await (const chunk of stream) {
    rest = Buffer.concat([rest, chunk])
    while (rest.length >= 5 && rest.length > rest.readInt32BE(1)) {
      const end = rest.readInt32BE(1) + 1
      yield { type: rest.toString('latin1', 0, 1), body: rest.subarray(5, end) }
      rest = rest.subarray(end)
    }
  }
}

function readRow(body: Buffer): string[] {
  const row: string[] = []
  let at = 2
  for (let left = body.readInt16BE(0); left > 0; left--) {
    const length = Math.max(body.readInt32BE(at), 0) // -1 is NULL
    row.push(body.toString('utf8', at + 4, at + 4 + length))
    at += 4 + length
  }
  return row
}

function toServerMessage(body: Buffer): ServerMessage {
  const fields = new Map(
    body
      .toString('utf8')
      .split('\0')
      .map((field) => [field.slice(0, 1), field.slice(1)]),
  )
  return new ServerMessage(fields.get('C') ?? '', fields.get('M') ?? '')
}
