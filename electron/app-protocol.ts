import { readFile } from 'node:fs/promises'
import path from 'node:path'

/** The origin of the app's pages. */
export const APP_ORIGIN = 'app://rangers'

/** For `protocol.registerSchemesAsPrivileged`, before the app is ready: a secure origin of its own, with fetch and modules. */
export const APP_SCHEME = {
  scheme: 'app',
  privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true },
} as const

interface AppRequest {
  url: string
  method: string
}

/** As Electron takes it from the handler of a scheme. */
export interface AppResponse {
  statusCode: number
  headers: Record<string, string>
  data: Buffer
}

/**
 * What this needs of Electron's `protocol`. Not its `handle`: that makes each answer a `Response` of fetch, whose code is
 * read first, which keeps the window from its first paint for longer than all files of the page together.
 */
export interface SchemeHost {
  registerBufferProtocol(
    scheme: string,
    handler: (request: AppRequest, answer: (response: AppResponse) => void) => void,
  ): boolean
}

/** How far a start has come with its page. */
export interface ServedPage {
  /** The page has been given: the process that draws it begins, and asks for nothing for a while. */
  page: Promise<void>
  /** All that the page names has been given. */
  files: Promise<void>
}

/**
 * Serves `app://rangers/…` from the folder of the built renderer. Call once the app is ready. What is in `first` is given
 * from there.
 */
export function registerAppProtocol(protocol: SchemeHost, root: string, first?: FirstFiles): ServedPage {
  const given = new Set<string>()
  let named: Set<string> | null = null
  let onPage = () => {}
  let onFiles = () => {}
  const served = {
    page: new Promise<void>((resolve) => {
      onPage = resolve
    }),
    files: new Promise<void>((resolve) => {
      onFiles = resolve
    }),
  }
  protocol.registerBufferProtocol(APP_SCHEME.scheme, (request, answer) => {
    void answerAppRequest(request, root, first).then((response) => {
      answer(response)
      given.add(new URL(request.url).pathname.slice(1))
      if (response.headers['Content-Type']?.startsWith('text/html')) named ??= filesOf(response.data)
      if (named) setImmediate(onPage)
      if (named && [...named].every((file) => given.has(file))) setImmediate(onFiles)
    })
  })
  return served
}

/** The files of a start, read before they are asked for; each is given once, since a page may be built anew. */
export class FirstFiles {
  readonly #files = new Map<string, Promise<Buffer>>()

  /** Reads the page of the folder, then all that it names. */
  constructor(root: string) {
    const page = path.join(root, 'index.html')
    void this.#read(page).then(
      (text) => {
        for (const name of filesOf(text)) this.#read(path.join(root, name)).catch(() => {})
      },
      () => {}, // whoever asks for the page is told
    )
  }

  /** Gives this in the place of a file of the folder. */
  put(file: string, data: Buffer): void {
    this.#files.set(file, Promise.resolve(data))
  }

  /** The file, if it is one of them. */
  take(file: string): Promise<Buffer> | undefined {
    const found = this.#files.get(file)
    this.#files.delete(file)
    return found
  }

  #read(file: string): Promise<Buffer> {
    const reading = readFile(file)
    this.#files.set(file, reading)
    return reading
  }
}

function filesOf(page: Buffer): Set<string> {
  const names = page.toString().matchAll(/(?:src|href)="\.\/([^"]+)"/g)
  return new Set([...names].map(([, name = '']) => name))
}

/**
 * Answers with a file of the folder, or with index.html for a route of the page (a path without an extension).
 * Never throws: 404 for what is not there, 400 and 403 for paths that are broken or lead out of the folder.
 */
export async function answerAppRequest(
  request: AppRequest,
  root: string,
  first?: FirstFiles,
): Promise<AppResponse> {
  if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(405)
  if (!request.url.startsWith(`${APP_ORIGIN}/`)) return refuse(404)
  const file = fileOf(new URL(request.url).pathname, root)
  if (typeof file === 'number') return refuse(file)
  try {
    const data = await (first?.take(file) ?? readFile(file))
    return { statusCode: 200, headers: headersFor(file), data: request.method === 'HEAD' ? NOTHING : data }
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

const NOTHING = Buffer.alloc(0)

function refuse(statusCode: 400 | 403 | 404 | 405): AppResponse {
  return { statusCode, headers: SECURITY_HEADERS, data: NOTHING }
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

/**
 * No opener or embedder policy: the page opens nothing and embeds nothing, and with them Chromium gives up the process that it
 * has begun for the window, and begins another one.
 */
const SECURITY_HEADERS = {
  'Content-Security-Policy': CONTENT_SECURITY_POLICY,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
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
