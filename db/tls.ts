import { readFile } from 'node:fs/promises'
import { createConnection } from 'node:net'
import { homedir } from 'node:os'
import { resolve } from 'node:path'
import pg from 'pg'
import { UnavailableError } from '#shared/errors.ts'

/** What libpq's parameters say of encryption; everything else of a URL is for the driver. */
const TLS_PARAMETERS = ['sslmode', 'ssl', 'sslrootcert', 'sslcert', 'sslkey', 'uselibpqcompat']

/**
 * A URL as settings, its sslmode meaning what it means to psql: `require` encrypts without asking who the other end is
 * (with sslrootcert it asks for the authority), `verify-full` asks for authority and host name. `pg` takes all of them
 * for verify-full, which refuses the addresses that hosted servers give; its next version will do as we do.
 */
export async function settingsOfUrl(text: string): Promise<pg.ClientConfig> {
  const url = new URL(text)
  const values = new Map(TLS_PARAMETERS.map((name) => [name, url.searchParams.get(name)]))
  for (const name of TLS_PARAMETERS) url.searchParams.delete(name)
  const connectionString = url.href
  const isBound = url.searchParams.get('channel_binding') === 'require'
  const settings = { connectionString, ...(isBound && { enableChannelBinding: true }) }
  const mode = modeOf(values)
  if (isLocal(settings) || mode === 'disable') return { ...settings, ssl: false }
  const ssl = await tlsOptions(mode, values)
  if (isOptional(mode) && !(await offersTls(settings))) return { ...settings, ssl: false }
  return { ...settings, ssl }
}

type TlsOptions = Exclude<pg.ClientConfig['ssl'], boolean | undefined>

/** Without one, as libpq: encrypted where the server offers it. */
function modeOf(values: ReadonlyMap<string, string | null>): string {
  const mode =
    values.get('sslmode') ?? values.get('ssl') ?? (values.get('sslrootcert') ? 'verify-full' : 'prefer')
  if (mode === 'true' || mode === '1') return 'require'
  if (mode === 'false' || mode === '0') return 'disable'
  return mode === 'no-verify' ? 'require' : mode
}

function isOptional(mode: string): boolean {
  return mode === 'prefer' || mode === 'allow'
}

async function tlsOptions(mode: string, values: ReadonlyMap<string, string | null>): Promise<TlsOptions> {
  const root = values.get('sslrootcert')
  const ca = root && root !== 'system' ? await readPem('sslrootcert', root) : undefined
  const cert = await readPem('sslcert', values.get('sslcert'))
  const key = await readPem('sslkey', values.get('sslkey'))
  const options = { ...(ca && { ca }), ...(cert && { cert }), ...(key && { key }) }
  if (mode === 'verify-full') return options
  const asksAuthority = mode === 'verify-ca' || (mode === 'require' && ca !== undefined)
  if (!asksAuthority) return { ...options, rejectUnauthorized: false }
  // A public authority signs for everybody: without one of one's own, its word is worth nothing but with the host's name.
  return ca ? { ...options, checkServerIdentity: () => undefined } : options
}

async function readPem(parameter: string, file: string | null | undefined): Promise<string | undefined> {
  if (!file) return undefined
  try {
    return await readFile(resolve(file.replace(/^~(?=$|[\\/])/, homedir())), 'utf8')
  } catch (cause) {
    throw new UnavailableError(
      'DATABASE_TLS',
      `The file ${file}, named as ${parameter} in DATABASE_URL, cannot be read. Correct its path, or give yourself the right to read it.`,
      { cause },
    )
  }
}

/** A socket of this computer is not encrypted. */
function isLocal(settings: pg.ClientConfig): boolean {
  return new pg.Client(settings).host.startsWith('/')
}

/** PostgreSQL's SSLRequest: a length, and a number that no version of the protocol has. */
const SSL_REQUEST = Buffer.from([0, 0, 0, 8, 4, 210, 22, 47])
const ASK_LIMIT_MS = 10_000

/** Asks the server; one that does not answer is left to the connection that follows, which says why. */
async function offersTls(settings: pg.ClientConfig): Promise<boolean> {
  const { host, port } = new pg.Client(settings)
  const socket = createConnection({ host, port, timeout: ASK_LIMIT_MS })
  socket.on('timeout', () => socket.destroy())
  try {
    socket.write(SSL_REQUEST)
    for await (const answer of socket) return (answer as Buffer)[0] === 'S'.charCodeAt(0)
    return false
  } catch {
    return false
  } finally {
    socket.destroy()
  }
}
