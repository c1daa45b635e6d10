import { z } from 'zod'
import { type Tool, ToolError } from './tool.ts'

const Input = z.object({ command: z.string().trim().min(1).max(10_000) })

/** What the model is shown of a command's output, characters from the end. */
const MOST_OUTPUT = 16_000

/** Runs a command line in the workspace, once the policy or a person allows it. */
export const runCommandTool: Tool = {
  name: 'run_command',
  definition: {
    name: 'run_command',
    description:
      'Runs a command line by the shell in the root of the repository and answers with the exit code and the end of the ' +
      'output. It may be refused: the policy of the board decides, or a person. Nothing outside the repository can be ' +
      'written, there may be no network, and what it leaves running in the background is ended with it. Never commit: ' +
      'the app does.',
    input_schema: { type: 'object', properties: { command: { type: 'string' } }, required: ['command'] },
  },
  prepare(raw) {
    const parsed = Input.safeParse(raw)
    if (!parsed.success) throw new ToolError(`The input does not fit: ${z.prettifyError(parsed.error)}`)
    const { command } = parsed.data
    return {
      kind: 'execute',
      title: `Run ${command}`,
      detail: command,
      paths: [],
      async run({ mayEdit, host, print }) {
        if (!mayEdit || !host.decide) throw new ToolError('No commands are run in this step.')
        return answerOf(await host.runCommand(command, host.signal, print), host.signal)
      },
    }
  },
}

function answerOf(
  { exitCode, output, timedOut }: { exitCode: number | null; output: string; timedOut: boolean },
  signal: AbortSignal,
): string {
  signal.throwIfAborted()
  const end = output.length > MOST_OUTPUT ? `[cut]\n${output.slice(-MOST_OUTPUT)}` : output
  const how = timedOut ? 'ran out of time' : exitCode === null ? 'was ended' : `exit code ${exitCode}`
  return `(${how})\n${end}`
}
