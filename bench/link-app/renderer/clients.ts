import { createTRPCClient, type TRPCClient } from '@trpc/client'
import { bridge } from '../../../renderer/lib/bridge.ts'
import { connectByBridge } from '../../../renderer/lib/bridge-port.ts'
import { ipcLink } from '../../../renderer/lib/ipc-link.ts'
import { PortClient } from '../../../renderer/lib/port-client.ts'
import type { BenchRouter } from '../router.ts'

interface RawBridge {
  invoke(what: 'small' | 'large'): Promise<unknown>
  result(result: unknown): void
}

/** Electron's own request and reply, through the context bridge: the baseline. */
export const raw = (window as unknown as { raw: RawBridge }).raw

/** A tRPC client over our link, as the app has it. */
export function link(): TRPCClient<BenchRouter> {
  const client = new PortClient({ connect: () => connectByBridge(bridge) })
  return createTRPCClient<BenchRouter>({ links: [ipcLink<BenchRouter>({ client })] })
}
