import { type Block, blocksOf, type MessagesRequest } from './scenario.ts'

/** The checks of the real API that client code gets wrong most often. A sentence, or null when all is well. */
export function problemOf(request: MessagesRequest): string | null {
  if (!Number.isInteger(request.max_tokens) || request.max_tokens < 1) return 'max_tokens: must be at least 1'
  if (request.messages.length === 0) return 'messages: at least one message is required'
  if (request.messages[0]?.role === 'assistant') return 'messages: first message must use the "user" role'
  return problemOfSettings(request) ?? problemOfPairs(request)
}

function problemOfSettings(request: MessagesRequest): string | null {
  const { thinking, model, tools = [] } = request
  if (thinking && !['adaptive', 'between_tools'].includes(thinking.type) && model.includes('-5-5')) {
    return `"thinking.type.${thinking.type}" is not supported for this model.`
  }
  const gone = ['temperature', 'top_p', 'top_k'].find((name) => name in request)
  if (gone) return `${gone}: not supported for this model`
  const names = tools.map((tool) => tool.name)
  const twice = names.find((name, at) => name && names.indexOf(name) !== at)
  if (twice) return `tools: Tool names must be unique. (${twice})`
  const breakpoints = JSON.stringify(request).match(/"cache_control":\{/g)?.length ?? 0
  return breakpoints > 4
    ? `A maximum of 4 blocks with cache_control may be provided. Found ${breakpoints}.`
    : null
}

/** Every tool_use is answered in the next message, and nothing is answered that was not asked. */
function problemOfPairs({ messages }: MessagesRequest): string | null {
  for (const [index, message] of messages.entries()) {
    const blocks = blocksOf(message.content)
    if (blocks.length === 0) return `messages.${index}: content must not be empty`
    if (message.role === 'user' && blocks.some((block) => block.type === 'text' && !block.text)) {
      return `messages.${index}: text content blocks must be non-empty`
    }
    const asked = idsOf(blocks, 'tool_use', 'id')
    const answered = idsOf(blocksOf(messages[index + 1]?.content), 'tool_result', 'tool_use_id')
    const missing = asked.filter((id) => !answered.includes(id))
    if (missing.length > 0) {
      return `messages.${index}: \`tool_use\` ids were found without \`tool_result\` blocks immediately after: ${missing}`
    }
    const before = idsOf(blocksOf(messages[index - 1]?.content), 'tool_use', 'id')
    const orphan = idsOf(blocks, 'tool_result', 'tool_use_id').find((id) => !before.includes(id))
    if (orphan)
      return `messages.${index}: unexpected \`tool_use_id\` found in \`tool_result\` blocks: ${orphan}`
  }
  return null
}

function idsOf(blocks: readonly Block[], type: string, key: 'id' | 'tool_use_id'): string[] {
  return blocks.filter((block) => block.type === type).flatMap((block) => block[key] ?? [])
}
