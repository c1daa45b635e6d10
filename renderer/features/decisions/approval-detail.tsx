import type { ApprovalItem } from '#shared/approval.ts'
import { texts } from '../../lib/texts/texts.ts'
import styles from './decisions.module.css'
import { PlanText } from './plan-text.tsx'

/** What exactly would happen: the plan, the command line, the paths. */
export function ApprovalDetail({
  approval: { kind, detail, paths, tool_kind },
}: {
  approval: Pick<ApprovalItem, 'kind' | 'detail' | 'paths' | 'tool_kind'>
}) {
  if (kind === 'plan') return <PlanText text={detail} />
  return (
    <>
      {detail && detail !== paths.join('\n') && (
        <section
          className={styles.detail}
          aria-label={tool_kind === 'execute' ? texts.decisions.command : texts.decisions.detail}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a long one scrolls, by keyboard too
          tabIndex={0}
        >
          {detail}
        </section>
      )}
      {paths.length > 0 && (
        <ul className={styles.paths} aria-label={texts.decisions.paths}>
          {paths.map((path) => (
            <li key={path}>{path}</li>
          ))}
        </ul>
      )}
    </>
  )
}
