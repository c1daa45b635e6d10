import { AppError, UnavailableError } from '#shared/errors.ts'

const UNKNOWN_ISSUER =
  'The database’s certificate is not signed by an authority that this computer trusts. Download the CA certificate of your provider and add sslrootcert=/path/to/ca.pem to DATABASE_URL.'

/** What is wrong with the certificate, by the codes of Node's TLS. */
const SENTENCES: Readonly<Record<string, string>> = {
  SELF_SIGNED_CERT_IN_CHAIN: UNKNOWN_ISSUER,
  DEPTH_ZERO_SELF_SIGNED_CERT: UNKNOWN_ISSUER,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: UNKNOWN_ISSUER,
  UNABLE_TO_GET_ISSUER_CERT: UNKNOWN_ISSUER,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: UNKNOWN_ISSUER,
  CERT_SIGNATURE_FAILURE: UNKNOWN_ISSUER,
  ERR_TLS_CERT_ALTNAME_INVALID:
    'The database’s certificate is for another host name. Write the host in DATABASE_URL as the certificate names it, or use sslmode=verify-ca if you trust every server of that authority.',
  CERT_HAS_EXPIRED:
    'The database’s certificate has expired. Have it renewed; and check the clock of this computer.',
  CERT_NOT_YET_VALID:
    'The database’s certificate is not valid yet. Check the clock of this computer, and of the server.',
}

const NO_TLS =
  'The database server does not offer encryption, which DATABASE_URL demands by its sslmode. Turn on ssl at the server, or use sslmode=disable in a network that you trust.'
const TLS_DEMANDED =
  'The database server refuses connections without encryption, or from this computer. Add sslmode=verify-full to DATABASE_URL, or allow this computer in the server’s pg_hba.conf.'

/** The expected error behind a failed encryption of the connection; undefined when it is another failure. */
export function tlsError(error: unknown): UnavailableError | undefined {
  for (let at = error; at instanceof Error && !(at instanceof AppError); at = at.cause) {
    const sentence = sentenceFor(at)
    if (sentence) return new UnavailableError('DATABASE_TLS', sentence, { cause: error })
  }
  return undefined
}

function sentenceFor(error: Error): string | undefined {
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  if (code === '28000' && error.message.startsWith('no pg_hba.conf entry')) return TLS_DEMANDED
  if (error.message === 'The server does not support SSL connections') return NO_TLS
  if (code.startsWith('ERR_SSL_') || error.message === 'There was an error establishing an SSL connection') {
    return `The encrypted connection to the database failed (${code || 'no reason given'}). Check sslmode and the certificates named in DATABASE_URL.`
  }
  return SENTENCES[code]
}
