/** Longest address that is handed to the browser, in characters. */
const MAX_LENGTH = 2048

/**
 * The address, if it may be opened in the user's browser: https only, with a host and without a name or password in it
 * (a trick to look like another site). Otherwise null.
 */
export function externalLink(address: string): string | null {
  if (address.length > MAX_LENGTH || !URL.canParse(address)) return null
  const { protocol, hostname, username, password, href } = new URL(address)
  if (protocol !== 'https:' || hostname === '' || username !== '' || password !== '') return null
  return href
}

/** Whether the address is a page of the app. `URL.origin` is "null" for app://, so scheme and host are compared. */
export function isOwnPage(address: string, appUrl: string): boolean {
  if (!URL.canParse(address)) return false
  const [page, own] = [new URL(address), new URL(appUrl)]
  return page.protocol === own.protocol && page.host === own.host
}
