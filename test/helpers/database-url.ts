import type { ClientConfig } from 'pg'

/** As an address, since that is what people configure; the embedded server's socket folder goes into the query. */
export function urlOf({ host = 'localhost', port, user = '', password, database }: ClientConfig): string {
  const url = new URL(`postgresql://localhost/${database}`)
  url.username = user
  if (typeof password === 'string') url.password = password
  url.searchParams.set('host', host)
  if (port) url.searchParams.set('port', String(port))
  return url.href
}
