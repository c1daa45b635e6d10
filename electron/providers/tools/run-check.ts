import { type Tool, ToolError } from './tool.ts'

/** What the model is shown of a check's output, characters from the end. */
const MOST_OUTPUT = 16_000

/** Runs the project's own check, and no other command: there is no shell. */
export const runCheck: Tool = {
  name: 'run_check',
  definition: {
    name: 'run_check',
    description:
      'Runs the project’s check (its tests, as a rule) and answers with the exit code and the end of the output.',
    input_schema: { type: 'object', properties: {} },
  },
  prepare() {
    return {
      kind: 'execute',
      title: 'Run the check',
      paths: [],
      async run({ checkCommand, host, print }) {
        if (checkCommand === null) throw new ToolError('This project has no check command.')
        const { exitCode, output, timedOut } = await host.runCommand(checkCommand, host.signal, print)
        host.signal.throwIfAborted()
        const how = timedOut
          ? 'ran out of time'
          : exitCode === null
            ? 'was ended'
            : `ended with exit code ${exitCode}`
        const end = output.length > MOST_OUTPUT ? `[cut]\n${output.slice(-MOST_OUTPUT)}` : output
        return `“${checkCommand}” ${how}.\n${end}`
      },
    }
  },
}
