import { openProcessRecord, type ProcessRecord } from './process-record.ts'
import { openSandbox, type Sandbox } from './sandbox.ts'

/** What keeps processes of agents in their place, and finds them again. */
export interface Containment {
  sandbox: Sandbox
  record: ProcessRecord
}

export function openContainment(options: {
  mode: 'auto' | 'off'
  dataFolder: string
  instanceId: string
}): Containment {
  return {
    sandbox: openSandbox({ mode: options.mode }),
    record: openProcessRecord(options.dataFolder, options.instanceId),
  }
}
