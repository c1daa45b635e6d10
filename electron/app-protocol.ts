import { readFile } from 'node:fs/promises'
import path from 'node:path'

/** The origin of the app's pages. */
export const APP_ORIGIN = 'app://rangers'

/** For `protocol.registerSchemesAsPrivileged`, before the app is ready: a secure origin of its own, with fetch and modules. */
export const APP_SCHEME = {
  scheme: 'app',
  privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true },
} as const

/** What this needs of Electron's `protocol`. */
export interface SchemeHost {
  handle(scheme: string, handler: (request: Request) => Promise<Response>): void
}

/** Serves `app://rangers/…` from the folder of the built renderer. Call once the app is ready. */
export function registerAppProtocol(protocol: SchemeHost, root: string): void {
  protocol.handle(APP_SCHEME.scheme, (request) => answerAppRequest(request, root))
}

/**
 * Answers with a file of the folder, or with index.html for a route of the page (a path without an extension).
 * Never throws: 404 for what is not there, 400 and 403 for paths that are broken or lead out of the folder.
 */
export async function answerAppRequest(request: Request, root: string): Promise<Response> {
  if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(405)
  if (!request.url.startsWith(`${APP_ORIGIN}/`)) return refuse(404)
  const file = fileOf(new URL(request.url).pathname, root)
  if (typeof file === 'number') return refuse(file)
  try {
    const body = await readFile(file)
    return new Response(request.method === 'HEAD' ? null : body, { headers: headersFor(file) })
  } catch {
    return refuse(404) // not there, or a folder
  }
}

function fileOf(pathname: string, root: string): string | 400 | 403 {
  let name: string
  try {
    name = decodeURIComponent(pathname)
  } catch {
    return 400
  }
  if (name.includes('\0')) return 400
  const file = path.resolve(root, `.${name}`)
  const inside = path.relative(root, file)
  if (inside.startsWith('..') || path.isAbsolute(inside) || name.includes('\\')) return 403
  return path.extname(file) === '' ? path.join(root, 'index.html') : file
}

function refuse(status: 400 | 403 | 404 | 405): Response {
  return new Response(null, { status, headers: SECURITY_HEADERS })
}

function headersFor(file: string): Record<string, string> {
  const type = CONTENT_TYPES[path.extname(file).toLowerCase()] ?? 'application/octet-stream'
  return { ...SECURITY_HEADERS, 'Content-Type': type }
}

/** Nothing from elsewhere, no plug-ins, no frames, no forms, no eval. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "worker-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

const SECURITY_HEADERS = {
  'Content-Security-Policy': CONTENT_SECURITY_POLICY,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  // The page shares its process with no other: its clock is precise, which the benchmarks need.
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
}

const CONTENT_TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
  '.txt': 'text/plain; charset=utf-8',
}
