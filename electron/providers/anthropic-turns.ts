import type Anthropic from '@anthropic-ai/sdk'
import type { FailureKind } from '#shared/provider.ts'
import { type CallTools, callModel } from './anthropic-call.ts'
import { defaultModel, thinksAdaptively } from './models.ts'
import type { ProviderHost, StepFailure, StepRequest, StepResult } from './provider.ts'
import type { Tally } from './tally.ts'
import { runTool } from './tools/run-tool.ts'
import type { Tool } from './tools/tool.ts'
import { toolsFor } from './tools/tool-set.ts'

/** Room for an answer, tokens; an answer that is cut off is asked for once more with the larger bound. */
const ANSWER_TOKENS = 32_000
const LONG_ANSWER_TOKENS = 64_000

/** Asks, runs the tools that the answer asks for, asks again, until an answer asks for none. */
export async function runTurns(
  request: StepRequest,
  host: ProviderHost,
  tally: Tally,
  tools: CallTools,
): Promise<StepResult> {
  const model = request.model ?? defaultModel(request.phase)
  const offered = toolsFor(request)
  const messages: Anthropic.MessageParam[] = [{ role: 'user', content: request.prompt }]
  let text = ''
  const result = (status: StepResult['status'], turns: number, failure?: StepFailure): StepResult => ({
    status,
    text,
    turns,
    usage: tally.usage,
    costUsd: tally.costUsd,
    model,
    ...(failure ? { failure } : {}),
  })

  for (let turn = 1; turn <= request.limits.maxTurns; turn += 1) {
    const params = paramsOf(request, model, offered, messages)
    const answer = await wholeAnswer(params, request, host, tally, tools)
    if (!answer.ok) return result('failed', turn, answer.failure)
    const { message } = answer
    text = textOf(message)
    const failure = failureOf(message)
    if (failure) return result('failed', turn, failure)
    const next = await goOn(message, offered, request, host)
    if (!next) return result('completed', turn)
    messages.push(...next)
  }
  const most = request.limits.maxTurns
  return result('failed', most, {
    kind: 'max_turns',
    message: `Not finished after ${most} model calls. The work so far is kept; split the card or resume.`,
    retryable: true,
  })
}

function paramsOf(
  request: StepRequest,
  model: string,
  offered: readonly Tool[],
  messages: Anthropic.MessageParam[],
): Anthropic.MessageCreateParamsNonStreaming {
  const { outputSchema } = request
  return {
    model,
    max_tokens: ANSWER_TOKENS,
    system: [{ type: 'text', text: request.system, cache_control: { type: 'ephemeral' } }],
    messages,
    tools: offered.map((tool) => tool.definition),
    cache_control: { type: 'ephemeral' },
    // Summaries: else the models of today say nothing between two tools.
    ...(thinksAdaptively(model) ? { thinking: { type: 'adaptive', display: 'summarized' } } : {}),
    ...(outputSchema ? { output_config: { format: { type: 'json_schema', schema: outputSchema } } } : {}),
  }
}

/** Never the tools of an answer that was cut off: the SDK completes their input to something that was not said. */
async function wholeAnswer(
  params: Anthropic.MessageCreateParamsNonStreaming,
  request: StepRequest,
  host: ProviderHost,
  tally: Tally,
  tools: CallTools,
): ReturnType<typeof callModel> {
  const answer = await callModel(params, request.limits, tally, tools, host)
  if (!answer.ok || answer.message.stop_reason !== 'max_tokens') return answer
  const text = `The answer was longer than ${ANSWER_TOKENS} tokens and was cut off; asking again with room for ${LONG_ANSWER_TOKENS}.`
  host.emit({ type: 'notice', level: 'warn', text })
  return callModel({ ...params, max_tokens: LONG_ANSWER_TOKENS }, request.limits, tally, tools, host)
}

/** What is said next: the answer, what its tools gave, what people said meanwhile. Null: that was all. */
async function goOn(
  message: Anthropic.Message,
  offered: readonly Tool[],
  request: StepRequest,
  host: ProviderHost,
): Promise<Anthropic.MessageParam[] | null> {
  const isDone = message.stop_reason !== 'tool_use' && message.stop_reason !== 'pause_turn'
  const results = isDone ? [] : await runCalls(message, offered, request, host)
  const content = [...results, ...(await messagesMeanwhile(host))]
  if (isDone && content.length === 0) return null
  const answer: Anthropic.MessageParam = {
    role: 'assistant',
    content: message.content as Anthropic.ContentBlockParam[],
  }
  return content.length > 0 ? [answer, { role: 'user', content }] : [answer]
}

/** What people have said since the last turn; they are who the work is for, unlike what tools answer. */
async function messagesMeanwhile(host: ProviderHost): Promise<Anthropic.TextBlockParam[]> {
  const messages = (await host.takeMessages?.()) ?? []
  return messages.map(({ author, body }) => ({
    type: 'text',
    text: `<message_from_person name=${JSON.stringify(author)}>\n${body}\n</message_from_person>`,
  }))
}

async function runCalls(
  message: Anthropic.Message,
  offered: readonly Tool[],
  request: StepRequest,
  host: ProviderHost,
): Promise<Anthropic.ToolResultBlockParam[]> {
  const results: Anthropic.ToolResultBlockParam[] = []
  for (const block of message.content) {
    if (block.type !== 'tool_use') continue
    host.signal.throwIfAborted()
    const tool = offered.find((candidate) => candidate.name === block.name)
    const { output, isError } = await runTool(tool, block, request, host)
    results.push({
      type: 'tool_result',
      tool_use_id: block.id,
      content: output || '(no output)',
      is_error: isError,
    })
  }
  host.signal.throwIfAborted()
  return results
}

function textOf(message: Anthropic.Message): string {
  return message.content.flatMap((block) => (block.type === 'text' ? [block.text] : [])).join('')
}

function failureOf(message: Anthropic.Message): StepFailure | null {
  const failed = (kind: FailureKind, text: string): StepFailure => ({ kind, message: text, retryable: false })
  switch (message.stop_reason) {
    case 'refusal':
      return failed('refusal', 'The model refused to do this. Rephrase the card and start it again.')
    case 'max_tokens':
      return failed('max_tokens', 'The answer was cut off twice. Split the card into smaller ones.')
    case 'model_context_window_exceeded':
      return failed('context_too_long', 'The work became longer than the model can read. Split the card.')
    default:
      return null
  }
}
