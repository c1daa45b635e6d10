import type { ClientFactory } from './anthropic-attempt.ts'

export interface AnthropicCredentials {
  apiKey: string
  baseUrl?: string
  /** Told of each answer's HTTP status. */
  heard?: (status: number) => void
}

const PUBLIC_URL = 'https://api.anthropic.com'

/**
 * Loads the SDK (a fifth of a second, so only when it is needed) and gives clients that neither repeat nor log
 * anything themselves and take nothing from the environment.
 */
export async function loadClient(credentials: AnthropicCredentials): Promise<ClientFactory> {
  const { default: Anthropic } = await import('@anthropic-ai/sdk')
  return (onBytes) =>
    new Anthropic({
      apiKey: credentials.apiKey,
      authToken: null,
      baseURL: credentials.baseUrl ?? PUBLIC_URL,
      maxRetries: 0,
      logLevel: 'off',
      fetch: async (input, init) => {
        const response = await fetch(input, init)
        credentials.heard?.(response.status)
        return watched(response, onBytes)
      },
    })
}

/** The same response; each piece of its body is told to `onBytes` as it passes. */
function watched(response: Response, onBytes: () => void): Response {
  onBytes()
  if (!response.body) return response
  const tap = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      onBytes()
      controller.enqueue(chunk)
    },
  })
  const { status, statusText, headers } = response
  return new Response(response.body.pipeThrough(tap), { status, statusText, headers })
}
