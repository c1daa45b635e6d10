import type { FoundAgent } from '#shared/provider.ts'
import { findProgram, programVersion } from '../../platform/find-program.ts'
import type { AcpAgent } from './agent.ts'

/** What was found stays true for so long, milliseconds; looking again is also possible by hand. */
const FRESH_MS = 5 * 60_000
/** One program's version, milliseconds; its own limit is shorter. */
const LOOK_MS = 15_000

export interface AgentFinder {
  /** Asks the machine once; then remembers for five minutes. Starts the agent only to ask its version. */
  find(agent: AcpAgent, signal: AbortSignal): Promise<FoundAgent | null>
  /** Whether its program is there; starts nothing. Remembered as well. */
  isThere(agent: AcpAgent): Promise<boolean>
  forget(): void
}

export function createAgentFinder(now: () => number): AgentFinder {
  const asked = new Map<string, { at: number; answer: Promise<FoundAgent | null> }>()
  const present = new Map<string, { at: number; answer: Promise<boolean> }>()
  const freshOf = (agent: AcpAgent) => {
    const entry = asked.get(agent.id)
    return entry && now() - entry.at < FRESH_MS ? entry : undefined
  }
  return {
    async find(agent, signal) {
      signal.throwIfAborted()
      const fresh = freshOf(agent)
      if (fresh) return fresh.answer
      // Not the caller's signal: others may wait for the same answer.
      const answer = look(agent, AbortSignal.timeout(LOOK_MS))
      asked.set(agent.id, { at: now(), answer })
      // What was not found is looked for again: it may be installed meanwhile.
      answer.then(
        (found) => found ?? asked.delete(agent.id),
        () => asked.delete(agent.id),
      )
      return answer
    },
    async isThere(agent) {
      const seen = present.get(agent.id)
      if (seen && now() - seen.at < FRESH_MS) return seen.answer
      const answer = findProgram(agent.program).then((path) => path !== null)
      present.set(agent.id, { at: now(), answer })
      return answer
    },
    forget() {
      asked.clear()
      present.clear()
    },
  }
}

async function look(agent: AcpAgent, signal: AbortSignal): Promise<FoundAgent | null> {
  const path = await findProgram(agent.program)
  if (!path) return null
  // One that is slow to tell its version is there nevertheless.
  const version = await programVersion(path, agent.versionArgs, signal).catch(() => null)
  return { path, version }
}
