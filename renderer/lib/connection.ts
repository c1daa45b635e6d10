import { bridge } from './bridge.ts'
import { connectByBridge } from './bridge-port.ts'
import { PortClient } from './port-client.ts'

/** The one connection of this window to the app. */
export const connection = new PortClient({
  connect: () => connectByBridge(bridge),
  build: bridge?.versions.app ?? '',
})

if (import.meta.hot) import.meta.hot.dispose(() => connection.close())
