import { stat } from 'node:fs/promises'
import type {
  ReadTextFileRequest,
  ReadTextFileResponse,
  RequestError,
  WriteTextFileRequest,
} from '@agentclientprotocol/sdk'
import { relativeTo, resolveInside } from '../../workspaces/confine.ts'
import { patchOfFile } from '../patch.ts'
import type { StepRequest } from '../provider.ts'
import { readText, writeText } from '../tools/workspace-file.ts'
import type { Permissions } from './permissions.ts'

/** The SDK's errors, handed in since the SDK loads late. */
export type Errors = Pick<typeof RequestError, 'resourceNotFound' | 'invalidParams'>

/** Reads and writes text files for an agent, within the workspace and nowhere else. */
export class AgentFiles {
  readonly #request: StepRequest
  readonly #permissions: Permissions
  readonly #errors: Errors

  constructor(request: StepRequest, permissions: Permissions, errors: Errors) {
    this.#request = request
    this.#permissions = permissions
    this.#errors = errors
  }

  async read({ path, line, limit }: ReadTextFileRequest, signal: AbortSignal): Promise<ReadTextFileResponse> {
    const real = await this.#inside(path)
    // Agents look whether a file is there by reading it; any other error ends their turn.
    if (!(await stat(real).catch(() => null))) throw this.#errors.resourceNotFound(path)
    const refusal = await this.#permissions.readRefusal(
      await relativeTo(this.#request.workspace, real),
      signal,
    )
    if (refusal) throw this.#errors.invalidParams({ path }, refusal)
    const text = await readText(this.#request.workspace, path).catch((error: unknown) => this.#refuse(error))
    if (line == null && limit == null) return { content: text }
    const from = Math.max(1, line ?? 1) - 1
    const lines = text.split('\n')
    return { content: lines.slice(from, limit == null ? undefined : from + limit).join('\n') }
  }

  async write({ path, content }: WriteTextFileRequest, signal: AbortSignal): Promise<Record<string, never>> {
    const real = await this.#inside(path)
    const { workspace } = this.#request
    const within = await relativeTo(workspace, real)
    const ask = {
      id: `write-${within}`,
      tool: 'write_text_file',
      kind: 'edit' as const,
      title: `Write ${within}`,
      detail: within,
      paths: [within],
      change: () => patchOfFile(workspace, within, () => content),
    }
    const answer = await this.#permissions.decideOnce(ask, `path:${within}`, signal)
    if (!answer.allow) throw this.#errors.invalidParams({ path: within }, answer.message)
    await writeText(workspace, path, content).catch((error: unknown) => this.#refuse(error))
    return {}
  }

  #inside(path: string): Promise<string> {
    return resolveInside(this.#request.workspace, path).catch((error: unknown) => this.#refuse(error))
  }

  #refuse(error: unknown): never {
    throw this.#errors.invalidParams(undefined, error instanceof Error ? error.message : String(error))
  }
}
