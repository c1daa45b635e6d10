import { z } from 'zod'

/** What the server answers to one request. A failure wins over content. */
export const Reply = z.strictObject({
  thinking: z.string().optional(),
  text: z.string().optional(),
  /** Structured output: sent as JSON text. */
  json: z.unknown().optional(),
  tools: z
    .array(
      z.strictObject({
        name: z.string(),
        input: z.unknown().optional(),
        /** Sent as it is: JSON that was cut off, or is none. */
        rawInput: z.string().optional(),
        id: z.string().optional(),
      }),
    )
    .optional(),
  stop_reason: z.string().optional(),
  usage: z.record(z.string(), z.number()).optional(),
  headers: z.record(z.string(), z.string()).optional(),
  /** Before the first byte. */
  delayMs: z.number().optional(),
  chunkChars: z.number().int().positive().optional(),
  chunkDelayMs: z.number().optional(),
  error: z
    .strictObject({ type: z.string(), status: z.number().optional(), message: z.string().optional() })
    .optional(),
  /** An error event within the stream. */
  streamError: z.strictObject({ afterEvents: z.number(), type: z.string() }).optional(),
  /** `destroy` breaks the connection; `end` closes it cleanly without the last events. */
  cut: z.strictObject({ afterEvents: z.number(), how: z.enum(['destroy', 'end']) }).optional(),
  /** Then silence; with `pings`, one every so many milliseconds. */
  stall: z.strictObject({ afterEvents: z.number(), pingEveryMs: z.number().optional() }).optional(),
  /** No answer at all. */
  hang: z.boolean().optional(),
})
export type Reply = z.infer<typeof Reply>

const Match = z.strictObject({
  /** Regular expressions. */
  model: z.string().optional(),
  system: z.string().optional(),
  firstUser: z.string().optional(),
  lastToolResult: z.string().optional(),
  /** A tool of this name is offered. */
  tool: z.string().optional(),
  /** The answer must follow a JSON schema. */
  structured: z.boolean().optional(),
  /** Assistant messages so far. */
  turn: z.number().optional(),
})

const Rule = z.strictObject({
  name: z.string().optional(),
  match: Match.optional(),
  /** How often this rule may answer: "fail twice, then work". */
  times: z.number().optional(),
  /** `turns[n]` answers the request that holds n assistant messages, so a repeated one gets the same answer. */
  turns: z.array(Reply).optional(),
  reply: Reply.optional(),
})
export type Rule = z.infer<typeof Rule>

/** What the fake model server plays: the first rule that matches and is not used up answers, else `default`. */
export const Scenario = z.strictObject({
  apiKeys: z.array(z.string()).optional(),
  /** Those that are offered; all others are not found. Absent: every model is there, and none is listed. */
  models: z.array(z.string()).optional(),
  /** Whether requests are refused for what the API of today no longer takes. Default: true; agents of others send it. */
  strict: z.boolean().optional(),
  rules: z.array(Rule).optional(),
  default: Reply.optional(),
})
export type Scenario = z.input<typeof Scenario>

const Block = z.looseObject({
  type: z.string(),
  text: z.string().optional(),
  id: z.string().optional(),
  tool_use_id: z.string().optional(),
  is_error: z.boolean().optional(),
  content: z.unknown().optional(),
})
export type Block = z.infer<typeof Block>

/** The parts of a request to the Messages API that the server looks at. */
export const MessagesRequest = z.looseObject({
  model: z.string(),
  max_tokens: z.number(),
  stream: z.boolean().optional(),
  system: z.unknown().optional(),
  messages: z.array(z.looseObject({ role: z.string(), content: z.union([z.string(), z.array(Block)]) })),
  tools: z.array(z.looseObject({ name: z.string().optional(), type: z.string().optional() })).optional(),
  thinking: z.looseObject({ type: z.string(), budget_tokens: z.number().optional() }).optional(),
  output_config: z.looseObject({ format: z.unknown().optional() }).optional(),
  cache_control: z.unknown().optional(),
})
export type MessagesRequest = z.infer<typeof MessagesRequest>

/** Chooses the reply for a request; `uses` counts how often each rule has answered. */
export function pickReply(rules: readonly Rule[], uses: number[], request: MessagesRequest): Reply | null {
  const facts = factsOf(request)
  for (const [index, rule] of rules.entries()) {
    const used = uses[index] ?? 0
    if (rule.times !== undefined && used >= rule.times) continue
    if (!matches(rule.match ?? {}, facts)) continue
    const reply = rule.turns ? rule.turns[Math.min(facts.turn, rule.turns.length - 1)] : rule.reply
    if (!reply) continue
    uses[index] = used + 1
    return reply
  }
  return null
}

function factsOf(request: MessagesRequest) {
  const users = request.messages.filter((message) => message.role === 'user')
  const lastResult = blocksOf(users.at(-1)?.content).findLast((block) => block.type === 'tool_result')
  return {
    model: request.model,
    turn: request.messages.filter((message) => message.role === 'assistant').length,
    system: textOf(request.system),
    firstUser: textOf(users[0]?.content),
    lastToolResult: textOf(lastResult?.content),
    tools: (request.tools ?? []).map((tool) => tool.name ?? tool.type),
    structured: request.output_config?.format !== undefined,
  }
}

function matches(match: z.infer<typeof Match>, facts: ReturnType<typeof factsOf>): boolean {
  const texts = ['model', 'system', 'firstUser', 'lastToolResult'] as const
  const doTextsMatch = texts.every((key) => {
    const pattern = match[key]
    return pattern === undefined || new RegExp(pattern, 's').test(facts[key])
  })
  return (
    doTextsMatch &&
    (match.tool === undefined || facts.tools.includes(match.tool)) &&
    (match.structured === undefined || match.structured === facts.structured) &&
    (match.turn === undefined || match.turn === facts.turn)
  )
}

export function blocksOf(content: unknown): Block[] {
  if (typeof content === 'string') return [{ type: 'text', text: content }]
  return Array.isArray(content) ? content.map((block) => Block.parse(block)) : []
}

function textOf(content: unknown): string {
  return blocksOf(content)
    .map((block) => block.text ?? textOf(block.content))
    .join('\n')
}
