import type { AgentFiles } from './files.ts'
import type { Permissions } from './permissions.ts'
import type { AgentTerminals } from './terminals.ts'
import type { AgentUpdates } from './updates.ts'

/** Loaded late: handed in. */
export type Sdk = typeof import('@agentclientprotocol/sdk')

/** What we offer to the agent. */
export function serve(
  sdk: Sdk,
  {
    updates,
    permissions,
    files,
    terminals,
    alive,
  }: {
    updates: AgentUpdates
    permissions: Permissions
    files: AgentFiles
    terminals: AgentTerminals
    alive: () => void
  },
) {
  const { client } = sdk.methods
  return sdk
    .client({ name: 'agent-rangers' })
    .onNotification(client.session.update, ({ params }) => {
      alive()
      updates.take(params)
    })
    .onRequest(client.session.requestPermission, async ({ params, signal }) => {
      const answer = await permissions.answer(params, signal)
      alive()
      return answer
    })
    .onRequest(client.fs.readTextFile, ({ params, signal }) => files.read(params, signal))
    .onRequest(client.fs.writeTextFile, ({ params, signal }) => files.write(params, signal))
    .onRequest(client.terminal.create, ({ params, signal }) => terminals.create(params, signal))
    .onRequest(client.terminal.output, ({ params }) => terminals.output(params.terminalId))
    .onRequest(client.terminal.waitForExit, ({ params }) => terminals.waitForExit(params.terminalId))
    .onRequest(client.terminal.kill, ({ params }) => terminals.kill(params.terminalId))
    .onRequest(client.terminal.release, ({ params }) => terminals.release(params.terminalId))
    .onNotification('*', alive) // extensions of single agents tell nothing that a card shows
}
