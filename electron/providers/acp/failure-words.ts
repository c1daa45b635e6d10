import type { FailureKind } from '#shared/provider.ts'

const KINDS: readonly [FailureKind, RegExp][] = [
  ['budget', /\bbudget\b.*\b(used up|exceeded|reached|limit)/i],
  [
    'auth',
    /\b(401|403)\b|unauthori[sz]ed|authentication (required|failed|error)|authentication_error|invalid (x-)?api[- ]?key|credit balance is too low|not logged in|please (run )?\/?login|permission_error/i,
  ],
  ['rate_limit', /\b429\b|rate[ _-]?limit|too many requests|quota exceeded/i],
  ['overloaded', /\b529\b|overloaded/i],
  ['context_too_long', /prompt is too long|context[ _-](window|length)|request_too_large|\b413\b/i],
  [
    'model_unavailable',
    /model[ _]not[ _]found|unknown model|model .{0,80}(does not exist|is not available)|\b404\b/i,
  ],
  ['timeout', /timed? ?out|timeout/i],
  [
    'network',
    /ECONNREFUSED|ECONNRESET|ENOTFOUND|EAI_AGAIN|fetch failed|socket hang up|connection (error|refused|reset|closed)|network error|terminated|stream (ended|closed)/i,
  ],
  ['refusal', /refus(ed|al) (by|of) the model|stop_reason.{0,5}refusal/i],
  ['server', /\b5\d\d\b|internal server error|api_error|server error|bad gateway|service unavailable/i],
  ['bad_output', /unexpected (token|end of)|invalid json|json parse|failed to parse/i],
  ['invalid_request', /\b400\b|bad request|invalid_request/i],
]

/** What a message of an agent or of its service complains of; null when none of the known words is in it. */
export function kindOfWords(text: string): FailureKind | null {
  return KINDS.find(([, pattern]) => pattern.test(text))?.[0] ?? null
}

/** A message that is longer is an answer, whatever it mentions. */
const LONGEST_COMPLAINT = 800

/** How agents begin when they tell of a failure in place of an answer. */
const COMPLAINT = new RegExp(
  [
    '^[^\\p{L}\\p{N}{]{0,8}(', // a mark or an emoji before it
    '([\\w-]+ ){0,3}(error|failure)\\s*([:(\\d]|code|status|$)',
    '|(request|call|execution|stream|connection|agent|turn|prompt) (has )?(failed|aborted|timed out)',
    '|failed to (authenticate|connect|fetch|get|parse|process|generate|complete|reach|call|send)',
    '|(terminated|fetch failed|socket hang up)$',
    '|unexpected (status|token|end of)',
    '|(http |status )?[45]\\d\\d\\b',
    '|(unauthori[sz]ed|rate limit|too many requests|overloaded|not logged in|invalid api key)',
    '|\\{\\s*"(type|error)"',
    ')',
  ].join(''),
  'iu',
)

/** Said by Copilot before each further try; its last words follow without a line between. */
const TRIES_AGAIN = /^.*\binfo: .{0,200}?\bretrying(\.{3}|…)\s*/is

/**
 * Some agents end a turn in which their model failed as if all were well, with the failure as their last words. A
 * short last paragraph that begins like a complaint and names a known failure is taken for one.
 */
export function failureInWords(text: string): FailureKind | null {
  const words =
    text
      .trim()
      .split(/\n\s*\n/)
      .at(-1)
      ?.replace(TRIES_AGAIN, '')
      .trim() ?? ''
  if (words.length === 0 || words.length > LONGEST_COMPLAINT || !COMPLAINT.test(words)) return null
  return kindOfWords(words)
}

const SENTENCES: Partial<Record<FailureKind, string>> = {
  auth: 'was refused by its service. Log in again, or check the key in Settings.',
  rate_limit: 'has reached the rate limit of its service. Wait a while and resume.',
  overloaded: 'could not work: its service is overloaded. Wait a while and resume.',
  server: 'could not work: its service failed. Wait a while and resume.',
  network: 'could not reach its service. Check the network and resume.',
  timeout: 'was silent for too long and was ended. Resume tries again.',
  context_too_long: 'was given more than its model can read at once. Split the card into smaller ones.',
  model_unavailable: 'was not given this model by its service. Choose another one in the board’s settings.',
  refusal: 'refused to do this. Rephrase the card and start it again.',
  max_tokens: 'gave an answer that was cut off. Split the card into smaller ones.',
  max_turns:
    'used up the model calls that it allows itself. The work so far is kept; split the card or resume.',
  budget: 'was stopped: the budget is used up. Raise it to go on.',
  bad_output: 'got an answer that could not be read. Resume to ask again.',
  invalid_request:
    'sent something that its service did not accept. Choose another model, or update the agent.',
  protocol:
    'and this app did not understand each other. Update the agent and resume, or run the card again with another one.',
  crashed: 'ended before it was done. Resume tries again.',
}

/** To try the same again would seldom help: what is wrong is with the agent itself. */
const NOT_BEGUN =
  'did not begin to work. Start it in a terminal to see what is wrong, or update it, then resume. Or run the card again with another agent.'

/** A sentence for the person, with the next step, then what the agent said. */
export function failureSentence(agent: string, kind: FailureKind, said: string, hasBegun = true): string {
  const isEarly = !hasBegun && (kind === 'crashed' || kind === 'timeout')
  const sentence = isEarly ? NOT_BEGUN : (SENTENCES[kind] ?? 'failed. Resume tries again.')
  const words = said.trim().replace(/\s+/g, ' ').slice(0, 300)
  return `${agent} ${sentence}${words ? ` It said: ${words}` : ''}`
}

const PASSING: ReadonlySet<FailureKind> = new Set([
  'rate_limit',
  'overloaded',
  'server',
  'network',
  'timeout',
  'bad_output',
  'crashed',
  'protocol',
])

/** Whether the same again may work. */
export function mayPass(kind: FailureKind): boolean {
  return PASSING.has(kind)
}
