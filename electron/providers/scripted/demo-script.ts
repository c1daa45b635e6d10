import type { Finding } from '#shared/execution.ts'

/** A change of one file; one that is there already is passed over. */
export type DemoEdit = { file: string; create: string } | { file: string; replace: string; by: string }

/** What the demo agent plays for one card: two rounds, the first of which leaves something for the reviewer. */
export interface DemoScript {
  /** Looked at before planning and reviewing, where they exist. */
  looksAt: readonly string[]
  plan: readonly string[]
  development: { says: string; edits: readonly DemoEdit[]; done: string }
  review: {
    finding: Pick<Finding, 'severity' | 'finding' | 'suggestion'> & {
      file: string
      /** The finding is about the line that holds this. */
      near: string
    }
    /** The finding is resolved once this file holds this text. */
    resolvedBy: { file: string; contains: string }
    requested: string
    approved: string
  }
  fix: { says: string; edits: readonly DemoEdit[]; done: string }
}
