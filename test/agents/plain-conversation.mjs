/**
 * A small agent that speaks the Agent Client Protocol and asks the Messages API over HTTP, as third-party agents do.
 * Its tools: write_file and read_file by the client's files, run by the client's terminal, edit_here by its own hand after
 * a permission, permission (asks for whatever it is told to ask for, and does nothing), plan. How it behaves when its model fails: PLAIN_ERRORS=throw (an error answer) or words (as Copilot and
 * Codex do: the failure is the last message of a turn that ended well).
 */
import { spawn } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable, Writable } from 'node:stream'
import * as acp from '@agentclientprotocol/sdk'

const NAMES = ['write_file', 'read_file', 'run', 'edit_here', 'permission', 'plan', 'sleep', 'die']
const TOOLS = NAMES.map((name) => ({
  name,
  description: name,
  input_schema: { type: 'object' },
}))

async function ask(session, signal) {
  const { ANTHROPIC_BASE_URL, ANTHROPIC_API_KEY, ANTHROPIC_MODEL } = session.env
  const response = await fetch(`${ANTHROPIC_BASE_URL}/v1/messages`, {
    method: 'POST',
    signal,
    headers: {
      'content-type': 'application/json',
      'x-api-key': ANTHROPIC_API_KEY ?? '',
      'anthropic-version': '2023-06-01',
    },
    body: JSON.stringify({
      model: ANTHROPIC_MODEL ?? 'claude-sonnet-5-5',
      max_tokens: 1000,
      stream: true,
      ...(session.meta ? { metadata: { user_id: JSON.stringify(session.meta) } } : {}),
      messages: session.messages,
      tools: TOOLS,
    }),
  })
  if (!response.ok) throw new Error(`API Error: ${response.status} ${await response.text()}`)
  return response
}

/** Blocks of one streamed answer; text is told as it comes. */
async function readAnswer(response, tell) {
  const blocks = []
  let stop = null
  let rest = ''
  const decoder = new TextDecoder()
  for await (const chunk of response.body) {
    rest += decoder.decode(chunk, { stream: true })
    const lines = rest.split('\n')
    rest = lines.pop()
    for (const line of lines) {
      if (!line.startsWith('data: ')) continue
      const event = JSON.parse(line.slice(6))
      if (event.type === 'error') throw new Error(`API Error: ${event.error.type}`)
      if (event.type === 'content_block_start') blocks[event.index] = { ...event.content_block, json: '' }
      if (event.type === 'content_block_delta') {
        const { delta } = event
        if (delta.type === 'text_delta') {
          blocks[event.index].text += delta.text
          await tell('agent_message_chunk', delta.text)
        }
        if (delta.type === 'thinking_delta') await tell('agent_thought_chunk', delta.thinking)
        if (delta.type === 'input_json_delta') blocks[event.index].json += delta.partial_json
      }
      if (event.type === 'message_delta') stop = event.delta.stop_reason
    }
  }
  if (stop === null) throw new Error('API Error: stream ended before the message did')
  return { blocks: blocks.filter((block) => block.type !== 'thinking'), stop }
}

async function runTool({ name, id, input }, { session: { cwd, exit }, sessionId, client }) {
  const { session: talk, fs, terminal } = acp.methods.client
  const update = (body) => client.notify(talk.update, { sessionId, update: { toolCallId: id, ...body } })
  const path = input.path && join(cwd, input.path)
  const kinds = {
    write_file: 'edit',
    edit_here: 'edit',
    read_file: 'read',
    run: 'execute',
    permission: input.kind,
  }
  const kind = kinds[name] ?? 'other'
  await update({
    sessionUpdate: 'tool_call',
    title: `${name} ${input.path ?? input.command ?? ''}`,
    kind,
    status: 'in_progress',
    rawInput: input,
    locations: path ? [{ path }] : [],
  })
  const allowed = async () => {
    const answer = await client.request(talk.requestPermission, {
      sessionId,
      toolCall: {
        toolCallId: id,
        title: `${name} ${input.path ?? input.command ?? ''}`,
        kind,
        rawInput: name === 'permission' ? input.rawInput : input,
        // As agents that edit by themselves show it.
        ...(name === 'edit_here' && {
          content: [{ type: 'diff', path, oldText: null, newText: input.text }],
        }),
      },
      options: [
        { optionId: 'yes-always', name: 'Always', kind: 'allow_always' },
        { optionId: 'yes', name: 'Yes', kind: 'allow_once' },
        { optionId: 'no', name: 'No', kind: 'reject_once' },
      ],
    })
    if (answer.outcome.outcome === 'selected' && answer.outcome.optionId === 'yes') return
    throw Object.assign(new Error('refused'), { isRefusal: true })
  }
  let output = ''
  const content = []
  if (name === 'write_file') {
    await client.request(fs.writeTextFile, { sessionId, path, content: input.text })
    content.push({ type: 'diff', path, oldText: null, newText: input.text })
    output = 'written'
  } else if (name === 'edit_here') {
    await allowed()
    await writeFile(path, input.text)
    output = 'written here'
  } else if (name === 'permission') {
    // Several at once: until the first of them is answered.
    const asked = Array.from({ length: input.times ?? 1 }, () => allowed())
    await Promise.race(asked)
    output = 'allowed'
  } else if (name === 'read_file') {
    output = (await client.request(fs.readTextFile, { sessionId, path })).content
  } else if (name === 'run') {
    const { terminalId } = await client.request(terminal.create, {
      sessionId,
      command: input.command,
      args: input.args ?? [],
      ...(input.env && { env: input.env }),
      ...(input.cwd && { cwd: join(cwd, input.cwd) }),
    })
    content.push({ type: 'terminal', terminalId })
    await client.request(terminal.waitForExit, { sessionId, terminalId })
    output = (await client.request(terminal.output, { sessionId, terminalId })).output
    await update({ sessionUpdate: 'tool_call_update', content })
    await client.request(terminal.release, { sessionId, terminalId })
  } else if (name === 'plan') {
    await client.notify(talk.update, {
      sessionId,
      update: {
        sessionUpdate: 'plan',
        entries: input.entries.map((one) => ({ priority: 'medium', ...one })),
      },
    })
  } else if (name === 'sleep') {
    // A command of the agent's own, which it does not look after, in a process group of its own.
    spawn('sleep', ['600'], { detached: true, stdio: 'ignore' }).unref()
    await new Promise(() => {})
  } else if (name === 'die') {
    exit(9)
    await new Promise(() => {})
  }
  if (content.length === 0) content.push({ type: 'content', content: { type: 'text', text: output } })
  await update({
    sessionUpdate: 'tool_call_update',
    status: 'completed',
    ...(name === 'run' ? {} : { content }),
  })
  return output
}

async function turn(session, { client, sessionId }, signal) {
  const tell = (sessionUpdate, text) =>
    client.notify(acp.methods.client.session.update, {
      sessionId,
      update: { sessionUpdate, content: { type: 'text', text } },
    })
  for (;;) {
    const { blocks, stop } = await readAnswer(await ask(session, signal), tell)
    if (stop === 'refusal') return 'refusal'
    if (stop === 'max_tokens') return 'max_tokens'
    const calls = blocks.filter((block) => block.type === 'tool_use')
    const said = blocks.map(({ json, ...block }) =>
      block.type === 'tool_use'
        ? { ...block, input: JSON.parse(json || '{}') }
        : { type: 'text', text: block.text },
    )
    session.messages.push({ role: 'assistant', content: said })
    if (calls.length === 0) return 'end_turn'
    const results = []
    let isRefused = false
    for (const call of said.filter((block) => block.type === 'tool_use')) {
      try {
        const text = await runTool(call, { session, sessionId, client })
        results.push({ type: 'tool_result', tool_use_id: call.id, content: text || '(nothing)' })
      } catch (error) {
        isRefused ||= error.isRefusal === true
        results.push({ type: 'tool_result', tool_use_id: call.id, content: error.message, is_error: true })
        await client.notify(acp.methods.client.session.update, {
          sessionId,
          update: { sessionUpdate: 'tool_call_update', toolCallId: call.id, status: 'failed' },
        })
      }
      signal.throwIfAborted()
    }
    session.messages.push({ role: 'user', content: results })
    if (isRefused && session.env.PLAIN_GIVES_UP) return 'end_turn' // as OpenCode does
  }
}

/** Speaks over these two streams until its input ends. Gives what cuts off all that it is doing. */
export function converse({ env, input, output, exit }) {
  const { agent: methods } = acp.methods
  const sessions = new Map()
  acp
    .agent({ name: 'plain-agent' })
    .onRequest(methods.initialize, () => ({
      protocolVersion: acp.PROTOCOL_VERSION,
      agentInfo: { name: 'plain-agent', version: '1.2.3' },
      agentCapabilities: { loadSession: true },
    }))
    .onRequest(methods.session.new, ({ params }) => {
      const sessionId = `s-${process.pid}`
      sessions.set(sessionId, { env, exit, cwd: params.cwd, meta: params._meta, messages: [], abort: null })
      return { sessionId }
    })
    .onRequest(methods.session.load, async ({ params, client }) => {
      if (params.sessionId === 'forgotten') throw acp.RequestError.sessionNotFound(params.sessionId)
      const { cwd, _meta: meta } = params
      sessions.set(params.sessionId, { env, exit, cwd, meta, messages: [], abort: null })
      await client.notify(acp.methods.client.session.update, {
        sessionId: params.sessionId,
        update: { sessionUpdate: 'agent_message_chunk', content: { type: 'text', text: 'an old word' } },
      })
      return {}
    })
    .onRequest(methods.session.prompt, async ({ params, client }) => {
      const session = sessions.get(params.sessionId)
      session.abort = new AbortController()
      const { signal } = session.abort
      session.messages.push({
        role: 'user',
        content: params.prompt.map(({ text }) => ({ type: 'text', text })),
      })
      const cancelled = new Promise((resolve) => signal.addEventListener('abort', () => resolve('cancelled')))
      try {
        const work = turn(session, { client, sessionId: params.sessionId }, signal)
        return { stopReason: await Promise.race([work, cancelled]) }
      } catch (error) {
        if (signal.aborted) return { stopReason: 'cancelled' }
        if ((env.PLAIN_ERRORS ?? 'throw') === 'throw')
          throw acp.RequestError.internalError(undefined, error.message)
        await client.notify(acp.methods.client.session.update, {
          sessionId: params.sessionId,
          update: {
            sessionUpdate: 'agent_message_chunk',
            content: { type: 'text', text: `\n\n${error.message}` },
          },
        })
        return { stopReason: 'end_turn' }
      }
    })
    .onNotification(methods.session.cancel, ({ params }) => sessions.get(params.sessionId)?.abort?.abort())
    .connect(acp.ndJsonStream(Writable.toWeb(output), Readable.toWeb(input)))
  return () => {
    for (const { abort } of sessions.values()) abort?.abort()
  }
}
