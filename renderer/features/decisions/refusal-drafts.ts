import type { ApprovalId } from '#shared/ids.ts'
import { writeTextDraft } from '../../lib/text-draft.ts'
import type { ApprovalAct } from './approval-words.ts'

const REFUSALS = ['no', 'again'] as const satisfies readonly ApprovalAct[]

/** Under which the words that go with a no are kept until they are sent. */
export function refusalDraft(id: ApprovalId, act: (typeof REFUSALS)[number]): string {
  return `refusal:${id}:${act}`
}

/** The question is answered. */
export function forgetRefusals(id: ApprovalId): void {
  for (const act of REFUSALS) writeTextDraft(refusalDraft(id, act), '')
}
