import type {
  CreateTerminalRequest,
  TerminalExitStatus,
  TerminalOutputResponse,
} from '@agentclientprotocol/sdk'
import { commandEnvironment } from '../../platform/environment.ts'
import { OutputTail } from '../../platform/output-tail.ts'
import { relativeTo, resolveInside } from '../../workspaces/confine.ts'
import type { HostProcess, ProcessHost, StepRequest } from '../provider.ts'
import { commandLine } from './command-line.ts'
import type { Errors } from './files.ts'
import type { Permissions } from './permissions.ts'

/** Of a terminal's output, bytes from the end. */
const MOST_OUTPUT = 1024 * 1024
/** A command that prints more is ended, bytes. */
const FLOOD = 20 * 1024 * 1024
/** Terminals that an agent may hold at once. */
const MOST_TERMINALS = 16

interface Terminal {
  process: HostProcess
  tail: OutputTail
  exit: TerminalExitStatus | null
}

/** Commands that an agent has us run: asked for, in the workspace, confined like the agent itself. */
export class AgentTerminals {
  readonly #terminals = new Map<string, Terminal>()
  readonly #starting = new Set<Promise<HostProcess>>()
  #isClosed = false
  readonly #request: StepRequest
  readonly #permissions: Permissions
  readonly #errors: Errors
  readonly #host: ProcessHost
  readonly #newId: () => string

  constructor(
    request: StepRequest,
    parts: { permissions: Permissions; errors: Errors; host: ProcessHost; newId: () => string },
  ) {
    this.#request = request
    this.#permissions = parts.permissions
    this.#errors = parts.errors
    this.#host = parts.host
    this.#newId = parts.newId
  }

  /** Whether a command is under way. */
  get isBusy(): boolean {
    return [...this.#terminals.values()].some((terminal) => terminal.exit === null)
  }

  outputOf(id: string): string | null {
    return this.#terminals.get(id)?.tail.text() ?? null
  }

  async create(wanted: CreateTerminalRequest, signal: AbortSignal): Promise<{ terminalId: string }> {
    if (this.#terminals.size >= MOST_TERMINALS)
      throw this.#errors.invalidParams(undefined, `At most ${MOST_TERMINALS} terminals. Release one first.`)
    const { workspace, tools } = this.#request
    const cwd = await resolveInside(workspace, wanted.cwd ?? '.').catch((error: Error) => {
      throw this.#errors.invalidParams(undefined, error.message)
    })
    const ours = commandEnvironment({}) // outweighs what an agent wishes
    const wishes = (wanted.env ?? []).filter(({ name }) => !(name in ours))
    const line = commandLine({ ...wanted, env: wishes, folder: await relativeTo(workspace, cwd) })
    const id = this.#newId()
    const ask = {
      id: `terminal-${id}`,
      tool: 'terminal',
      kind: 'execute' as const,
      title: line.slice(0, 200),
      detail: line,
      paths: [],
    }
    const answer = await this.#permissions.decideOnce(ask, `command:${line}`, signal)
    if (!answer.allow) throw this.#errors.invalidParams(undefined, answer.message)
    const [program, args] = programOf(wanted)
    const env = { ...Object.fromEntries(wishes.map(({ name, value }) => [name, value])), ...ours }
    const process = await this.#start(program, args, {
      env,
      cwd,
      mayEdit: tools === 'edit',
      isNamedByAgent: true,
    })
    const limit = Math.min(wanted.outputByteLimit ?? MOST_OUTPUT, MOST_OUTPUT)
    this.#terminals.set(id, watch(process, new OutputTail(Math.max(1, limit))))
    return { terminalId: id }
  }

  output(id: string): TerminalOutputResponse {
    const { tail, exit } = this.#get(id)
    const output = tail.text()
    return { output, truncated: tail.total > Buffer.byteLength(output), exitStatus: exit }
  }

  async waitForExit(id: string): Promise<TerminalExitStatus> {
    const { code, signal } = await this.#get(id).process.exited
    return { exitCode: code, signal }
  }

  async kill(id: string): Promise<Record<string, never>> {
    await this.#get(id).process.kill()
    return {}
  }

  async release(id: string): Promise<Record<string, never>> {
    const terminal = this.#get(id)
    this.#terminals.delete(id)
    await terminal.process.kill()
    return {}
  }

  /** Resolves when nothing of them runs any more; from now on none is started. */
  async releaseAll(): Promise<void> {
    this.#isClosed = true
    const all = [...this.#terminals.values()].map(({ process }) => process)
    this.#terminals.clear()
    const late = [...this.#starting].map(async (process) => (await process).kill())
    await Promise.allSettled([...all.map((process) => process.kill()), ...late])
  }

  /** The step may end between an agent's wish and its answer, and while a program starts. */
  async #start(...wanted: Parameters<ProcessHost['spawn']>): Promise<HostProcess> {
    const over = () => this.#errors.invalidParams(undefined, 'The step is over.')
    if (this.#isClosed) throw over()
    const starting = this.#host.spawn(...wanted)
    this.#starting.add(starting)
    try {
      const process = await starting
      if (this.#isClosed) throw over()
      return process
    } finally {
      this.#starting.delete(starting)
    }
  }

  #get(id: string): Terminal {
    const terminal = this.#terminals.get(id)
    if (!terminal) throw this.#errors.resourceNotFound(id)
    return terminal
  }
}

function watch(process: HostProcess, tail: OutputTail): Terminal {
  const terminal: Terminal = { process, tail, exit: null }
  const take = (chunk: Buffer | string) => {
    if (tail.total > FLOOD) return
    tail.push(Buffer.from(chunk))
    if (tail.total > FLOOD) process.kill().catch(() => undefined) // its end is told by `exited`
  }
  process.stdin.end()
  process.stdout.on('data', take)
  process.stderr.on('data', take)
  process.exited.then(
    ({ code, signal }) => {
      terminal.exit = { exitCode: code, signal }
    },
    () => {
      terminal.exit = { exitCode: null, signal: null }
    },
  )
  return terminal
}

/** Some agents send a whole command line in place of a program and its arguments. */
function programOf({ command, args }: CreateTerminalRequest): [string, string[]] {
  if ((args ?? []).length > 0 || !/[\s|&;<>$`'"]/.test(command)) return [command, [...(args ?? [])]]
  return process.platform === 'win32'
    ? ['cmd.exe', ['/d', '/s', '/c', command]]
    : ['/bin/sh', ['-c', command]]
}
