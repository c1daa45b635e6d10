import { useSyncExternalStore } from 'react'
import { connection } from './connection.ts'
import type { ConnectionState } from './port-client.ts'

const watch = (listener: () => void) => connection.watch(listener)
const read = () => connection.state

/** The state of this window's connection to the app, live. */
export function useConnection(): ConnectionState {
  return useSyncExternalStore(watch, read)
}
