import type { AcpAgent } from './acp/agent.ts'
import { claude } from './acp/agents/claude.ts'
import { codex } from './acp/agents/codex.ts'
import { copilot } from './acp/agents/copilot.ts'
import { gemini } from './acp/agents/gemini.ts'
import { opencode } from './acp/agents/opencode.ts'

/** The agents that speak the Agent Client Protocol and were tried with this app, in the order of their names. */
export const ACP_AGENTS: readonly AcpAgent[] = [claude, codex, copilot, gemini, opencode]
