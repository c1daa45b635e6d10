import { AppError } from '#shared/errors.ts'
import { recordOwn } from './record-own.ts'
import type { OrchestratorContext, Run } from './run-context.ts'

/** The board wants its agents confined, and this system offers nothing for it. */
export class SandboxUnavailableError extends AppError {
  override readonly name = 'SandboxUnavailableError'
  constructor() {
    const next =
      process.platform === 'linux'
        ? 'Install bubblewrap (on Debian and Ubuntu: “sudo apt install bubblewrap”), then resume.'
        : 'Run the card on a computer that has one, or allow agents without it in the settings of the board.'
    super('PRECONDITION_FAILED', {
      error: 'SANDBOX_UNAVAILABLE',
      message: `This board runs agents in a sandbox only, and this system offers none. ${next}`,
    })
  }
}

/** Writes down what confines the processes of an execution. Throws SandboxUnavailableError where the board requires more. */
export async function noteSandbox(ctx: OrchestratorContext, run: Run, signal: AbortSignal): Promise<void> {
  const sandbox = await ctx.containment.sandbox.kind()
  if (run.row.sandbox !== sandbox) {
    await recordOwn(ctx, run.row.id, { type: 'note' }, signal, async ({ set }) => set({ sandbox }))
  }
  if (sandbox === 'none' && run.settings.sandbox_required) throw new SandboxUnavailableError()
}
