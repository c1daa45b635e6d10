import type { ApprovalItem, Remember } from '#shared/approval.ts'
import { texts } from '../../lib/texts/texts.ts'

/** How a question may be answered: `again` asks for another plan. */
export type ApprovalAct = 'yes' | 'no' | 'again'

interface Words {
  what: string
  yes: string
  no: string
  /** What the words of a refusal are for. */
  why: string
}

/** What each kind of question is called, and the ways to answer it. */
export const WORDS: Readonly<Record<ApprovalItem['kind'], Words>> = {
  permission: {
    what: texts.decisions.agentAsks,
    yes: texts.decisions.allow,
    no: texts.decisions.refuse,
    why: texts.decisions.whatAgentToldOptional,
  },
  gate: {
    what: texts.decisions.workflowAsks,
    yes: texts.decisions.go,
    no: texts.decisions.stop,
    why: texts.decisions.whyOptional,
  },
  plan: {
    what: texts.decisions.planWaits,
    yes: texts.decisions.approve,
    no: texts.decisions.stop,
    why: texts.decisions.whyOptional,
  },
  merge: {
    what: texts.decisions.mergeWaits,
    yes: texts.decisions.merge,
    no: texts.decisions.doNotMerge,
    why: texts.decisions.whyOptional,
  },
}

/** What a key does on a question; null: nothing. A plan has a key more, since there are three ways to answer it. */
export function keyAct(
  key: string,
  { kind, proposed_rules: rules }: Pick<ApprovalItem, 'kind' | 'proposed_rules'>,
): ApprovalAct | Remember | null {
  const by: Readonly<Record<string, ApprovalAct | Remember>> = {
    a: 'yes',
    ...(kind === 'plan' ? { d: 'again', s: 'no' } : { d: 'no' }),
    ...(rules.length > 0 && { 1: 'once', 2: 'execution', 3: 'always' }),
  }
  return by[key.toLowerCase()] ?? null
}
