import type { AgentPhase } from '#shared/execution.ts'
import type { Reply } from '../fake-model-server/scenario.ts'
import type { Subject } from './conformance.ts'

/** All that agents are asked for. */
export const PHASES: readonly AgentPhase[] = ['clarity', 'architecture', 'development', 'review', 'fix']

/** A way in which a model's service fails, and what a step that meets it is called. */
export interface FailureCase {
  name: string
  /** Of most providers; a subject's own `kinds` stand above it. */
  kind: string
  reply: (subject: Pick<Subject, 'write' | 'refusesWithTools'>) => Reply
}

const SPOKEN: Reply = { text: 'Never complete', chunkChars: 3 }

/** Every failure of research/agents.md §1. */
export const FAILURES: readonly FailureCase[] = [
  {
    name: '401',
    kind: 'auth',
    reply: () => ({ error: { type: 'authentication_error' } }),
  },
  {
    name: '429 with a long retry-after',
    kind: 'rate_limit',
    reply: () => ({ error: { type: 'rate_limit_error' }, headers: { 'retry-after': '600' } }),
  },
  {
    name: '500',
    kind: 'server',
    reply: () => ({ error: { type: 'api_error' } }),
  },
  {
    name: '529',
    kind: 'overloaded',
    reply: () => ({ error: { type: 'overloaded_error' } }),
  },
  {
    name: 'an error event midway',
    kind: 'overloaded',
    reply: () => ({ ...SPOKEN, streamError: { afterEvents: 5, type: 'overloaded_error' } }),
  },
  {
    name: 'a cut connection',
    kind: 'network',
    reply: () => ({ ...SPOKEN, cut: { afterEvents: 5, how: 'destroy' } }),
  },
  {
    name: 'a stream that ends midway',
    kind: 'network',
    reply: () => ({ ...SPOKEN, cut: { afterEvents: 5, how: 'end' } }),
  },
  {
    name: 'silence',
    kind: 'timeout',
    reply: () => ({ ...SPOKEN, stall: { afterEvents: 4 } }),
  },
  {
    name: 'a refusal',
    kind: 'refusal',
    reply: ({ write, refusesWithTools }) => ({
      text: 'No.',
      ...(refusesWithTools === false ? {} : { tools: [write('x.txt', 'x')] }),
      stop_reason: 'refusal',
    }),
  },
  {
    name: 'truncated tool input',
    kind: 'max_tokens',
    reply: ({ write }) => ({
      tools: [
        {
          name: write('x.txt', 'x').name,
          rawInput: '{"command":"create","path":"x.txt","file_text":"ab',
        },
      ],
      stop_reason: 'max_tokens',
    }),
  },
  {
    name: 'malformed JSON',
    kind: 'bad_output',
    reply: ({ write }) => ({ tools: [{ name: write('x.txt', 'x').name, rawInput: '{"path": nonsense!' }] }),
  },
]

/** Claude Code asks again without streaming when its stream breaks off. */
export const CLAUDE_AGENT_KINDS: Partial<Record<string, string>> = {
  'an error event midway': 'completed',
  'a cut connection': 'completed',
  'a stream that ends midway': 'completed',
}
