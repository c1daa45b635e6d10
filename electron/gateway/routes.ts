import type { IncomingHttpHeaders } from 'node:http'
import type { ModelApi } from './upstreams.ts'

/** How an answer tells its usage. */
export type Dialect = 'anthropic' | 'responses' | 'chat' | 'gemini'

export interface Route {
  api: ModelApi
  /** What is asked for behind the API's base URL, without a query. */
  path: string
  /** A call of a model, which is paid for; null: it costs nothing. */
  call: { dialect: Dialect; model: string | null } | null
}

const GEMINI = /^\/v1(?:alpha|beta)?\/models\/([\w.-]+):(generateContent|streamGenerateContent|countTokens)$/

/** What a request asks for; null for all that agents do not need, so that nothing uncounted passes. */
export function routeOf(method: string, path: string, headers: IncomingHttpHeaders): Route | null {
  if (method === 'POST') return postRoute(path)
  if (method !== 'GET') return null
  if (/^\/v1beta\/models(?:\/[\w.-]+)?$/.test(path)) return { api: 'gemini', path, call: null }
  if (!/^\/v1\/models(?:\/[\w.:-]+)?$/.test(path)) return null
  return 'anthropic-version' in headers
    ? { api: 'anthropic', path, call: null }
    : { api: 'openai', path: withoutVersion(path), call: null }
}

function postRoute(path: string): Route | null {
  switch (path) {
    case '/v1/messages':
      return { api: 'anthropic', path, call: { dialect: 'anthropic', model: null } }
    case '/v1/messages/count_tokens':
      return { api: 'anthropic', path, call: null }
    case '/v1/responses':
      return { api: 'openai', path: withoutVersion(path), call: { dialect: 'responses', model: null } }
    case '/v1/chat/completions':
      return { api: 'openai', path: withoutVersion(path), call: { dialect: 'chat', model: null } }
  }
  const [, model, verb] = GEMINI.exec(path) ?? []
  if (model === undefined) return null
  const call = verb === 'countTokens' ? null : { dialect: 'gemini' as const, model }
  return { api: 'gemini', path, call }
}

function withoutVersion(path: string): string {
  return path.slice('/v1'.length)
}
