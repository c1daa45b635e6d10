import type Anthropic from '@anthropic-ai/sdk'
import { AppError } from '#shared/errors.ts'
import { OutsideWorkspaceError, resolveInside } from '../../workspaces/confine.ts'
import type { ProviderHost, StepRequest } from '../provider.ts'
import { DeniedError, type Tool, type ToolCall, ToolError } from './tool.ts'

/** The most that a tool may answer, characters. */
const MOST_OUTPUT = 40_000

/** Runs one tool call and tells about it. Only an abort throws: all else is an answer to the model. */
export async function runTool(
  tool: Tool | undefined,
  block: Anthropic.ToolUseBlock,
  request: StepRequest,
  host: ProviderHost,
): Promise<{ output: string; isError: boolean }> {
  let call: ToolCall | null = null
  const tell = (status: 'running' | 'done' | 'failed' | 'denied', output?: string) =>
    host.emit({
      type: 'tool',
      id: block.id,
      name: block.name,
      kind: call?.kind ?? 'other',
      title: call?.title ?? block.name,
      paths: call?.paths ?? [],
      status,
      ...(call?.diff !== undefined && { diff: call.diff }),
      ...(output === undefined ? {} : { output }),
    })
  try {
    if (!tool) throw new ToolError(`There is no tool “${block.name}” in this step.`)
    call = await titled(tool.prepare(block.input), request.workspace)
    const { workspace, checkCommand, tools } = request
    await askFirst(call, block, request, host)
    tell('running')
    const print = (delta: string) => host.emit({ type: 'tool_output', id: block.id, delta })
    const context = { workspace, checkCommand, mayEdit: tools === 'edit', host, print }
    const output = bounded(await call.run(context))
    tell('done', output)
    return { output, isError: false }
  } catch (error) {
    host.signal.throwIfAborted()
    const output = explain(error)
    const isDenied = error instanceof DeniedError || error instanceof OutsideWorkspaceError
    tell(isDenied ? 'denied' : 'failed', output)
    return { output, isError: true }
  }
}

/** What a person reads is said of the files as they are now. */
async function titled(call: ToolCall, workspace: string): Promise<ToolCall> {
  const title = await call.titleIn?.(workspace).catch(() => call.title)
  return title === undefined ? call : { ...call, title }
}

/** A search names no file. What only reads is answered at once: by the rules, never by a person. */
async function askFirst(
  call: ToolCall,
  block: Anthropic.ToolUseBlock,
  request: StepRequest,
  host: ProviderHost,
): Promise<void> {
  if (!host.decide || call.kind === 'search') return
  // Outside it nothing is read, so nobody is asked whether it may be.
  if (call.kind === 'read') for (const path of call.paths) await resolveInside(request.workspace, path)
  const { kind, title, paths, diff = null } = call
  const change = async () => (await call.change?.(request.workspace).catch(() => diff)) ?? diff
  // A command that is not the agent's own is the project's check.
  const detail = call.detail ?? (kind === 'execute' ? (request.checkCommand ?? '') : paths.join('\n'))
  const answer = await host.decide(
    { id: block.id, tool: block.name, kind, title, detail, paths, change },
    host.signal,
  )
  if (!answer.allow) throw new DeniedError(answer.message)
}

function bounded(text: string): string {
  if (text.length <= MOST_OUTPUT) return text
  return `${text.slice(0, MOST_OUTPUT)}\n[cut: ${text.length - MOST_OUTPUT} more characters]`
}

const SYSTEM_ERRORS: Record<string, string> = {
  ENOENT: 'there is no such file or folder',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EISDIR: 'it is a folder',
  ENOTDIR: 'a part of the path is a file',
  ENOSPC: 'the disk is full',
  ENAMETOOLONG: 'the name is too long',
}

/** No path of this machine outside the workspace is told to the model. */
function explain(error: unknown): string {
  if (error instanceof ToolError || error instanceof AppError) return error.message
  const code = (error as NodeJS.ErrnoException).code ?? ''
  return `It did not work: ${SYSTEM_ERRORS[code] ?? (code || 'an unexpected failure')}.`
}
