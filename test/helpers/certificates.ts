import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

export interface Certificates extends AsyncDisposable {
  /** Path of the certificate of the authority that signed the server’s. */
  ca: string
  /** Path of one that signed nothing. */
  otherCa: string
  /** The server’s, for the host name `localhost`, as PEM. */
  certificate: string
  key: string
}

/** Whether this machine can make certificates. */
export async function canMakeCertificates(): Promise<boolean> {
  return run('openssl', ['version']).then(
    () => true,
    () => false,
  )
}

/** An authority, a server’s certificate by it for `localhost` (and no address), and a stranger. */
export async function makeCertificates(): Promise<Certificates> {
  const folder = await mkdtemp(join(tmpdir(), 'rangers-tls-'))
  const at = (name: string) => join(folder, name)
  const openssl = (...args: string[]) => run('openssl', args)
  const authority = (name: string) =>
    openssl('req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', `/CN=${name}`,
      '-keyout', at(`${name}.key`), '-out', at(`${name}.crt`)) // biome-ignore format: a command line
  await Promise.all([authority('ca'), authority('other')])
  await openssl(
    'req',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-subj',
    '/CN=localhost',
    '-keyout',
    at('server.key'),
    '-out',
    at('server.csr'),
  )
  await writeFile(at('names'), 'subjectAltName=DNS:localhost\n')
  await openssl(
    'x509',
    '-req',
    '-in',
    at('server.csr'),
    '-CA',
    at('ca.crt'),
    '-CAkey',
    at('ca.key'),
    '-CAcreateserial',
    '-days',
    '2',
    '-extfile',
    at('names'),
    '-out',
    at('server.crt'),
  )
  return {
    ca: at('ca.crt'),
    otherCa: at('other.crt'),
    certificate: await readFile(at('server.crt'), 'utf8'),
    key: await readFile(at('server.key'), 'utf8'),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  }
}
