import type { Config } from '../config.ts'

/** The APIs that agents speak. */
export type ModelApi = 'anthropic' | 'openai' | 'gemini'

/** Where an API really is. */
export interface Upstream {
  /** As the API's own clients are given it: OpenAI's has the version at its end, the others not. */
  baseUrl: string
  /** Null: there is none, and nobody can call this API. */
  key: string | null
  /** Told of each answer's HTTP status. */
  heard?: (status: number) => void
}

export type Upstreams = Readonly<Record<ModelApi, Upstream>>

const PUBLIC_URLS: Readonly<Record<ModelApi, string>> = {
  anthropic: 'https://api.anthropic.com',
  openai: 'https://api.openai.com/v1',
  gemini: 'https://generativelanguage.googleapis.com',
}

/** What to do when there is no key. */
export const NO_KEY: Readonly<Record<ModelApi, string>> = {
  anthropic: 'Agent Rangers has no Anthropic API key. Add one in its Settings, or set ANTHROPIC_API_KEY.',
  openai: 'Agent Rangers has no OpenAI API key. Set OPENAI_API_KEY before it starts.',
  gemini: 'Agent Rangers has no Gemini API key. Set GEMINI_API_KEY before it starts.',
}

type UpstreamConfig = Pick<
  Config,
  'anthropicBaseUrl' | 'openaiBaseUrl' | 'openaiApiKey' | 'geminiBaseUrl' | 'geminiApiKey'
>

interface UpstreamCredentials {
  key(): string | null
  heard(key: string, status: number): void
}

/** The real APIs as they are configured. */
export function upstreamsOf(config: UpstreamConfig, credentials: UpstreamCredentials): Upstreams {
  const key = credentials.key()
  return {
    anthropic: {
      baseUrl: config.anthropicBaseUrl ?? PUBLIC_URLS.anthropic,
      key,
      ...(key !== null && { heard: (status) => credentials.heard(key, status) }),
    },
    openai: {
      baseUrl: config.openaiBaseUrl ?? PUBLIC_URLS.openai,
      key: config.openaiApiKey?.reveal() ?? null,
    },
    gemini: {
      baseUrl: config.geminiBaseUrl ?? PUBLIC_URLS.gemini,
      key: config.geminiApiKey?.reveal() ?? null,
    },
  }
}
