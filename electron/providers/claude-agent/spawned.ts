import { EventEmitter } from 'node:events'
import { PassThrough } from 'node:stream'
import type { HostProcess } from '../provider.ts'
import type { SpawnedProcess } from './sdk.ts'

/** What the SDK holds of a process that the host is about to start: it wants one at once, the host takes its time. */
export class LateProcess extends EventEmitter implements SpawnedProcess {
  readonly stdin = new PassThrough()
  readonly stdout = new PassThrough()
  killed = false
  exitCode: number | null = null
  signalCode: NodeJS.Signals | null = null
  readonly #process: Promise<HostProcess>

  constructor(process: Promise<HostProcess>) {
    super()
    this.#process = process
    this.on('error', () => {}) // told to the SDK; alone it would be a crash of the app
    process.then(
      (real) => this.#join(real),
      (error: unknown) => {
        this.emit('error', error instanceof Error ? error : new Error(String(error)))
        this.#end(null, null)
      },
    )
  }

  /** The whole tree, whatever the signal: what it has started must not outlive it. */
  kill(): boolean {
    this.killed = true
    this.#process.then((real) => real.kill()).catch(() => {})
    return true
  }

  #join(real: HostProcess): void {
    real.stdin.on('error', () => {}) // a process that has ended does not read
    this.stdin.pipe(real.stdin)
    real.stdout.pipe(this.stdout)
    real.exited.then(
      ({ code, signal }) => this.#end(code, signal),
      () => this.#end(null, null),
    )
  }

  #end(code: number | null, signal: NodeJS.Signals | null): void {
    this.exitCode = code
    this.signalCode = signal
    this.emit('exit', code, signal)
    this.stdout.end()
  }
}
