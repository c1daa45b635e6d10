import type { ApprovalItem } from '#shared/approval.ts'
import { readChange } from '#shared/change-text.ts'
import { texts } from '../../lib/texts/texts.ts'
import { ChangePreview } from './change-preview.tsx'
import styles from './decisions.module.css'
import { PlanText } from './plan-text.tsx'

/** What exactly would happen: the plan, the command line, the change of a file, the paths. */
export function ApprovalDetail({
  approval: { kind, detail, paths, tool_kind },
}: {
  approval: Pick<ApprovalItem, 'kind' | 'detail' | 'paths' | 'tool_kind'>
}) {
  if (kind === 'plan') return <PlanText text={detail} />
  const change = tool_kind === 'execute' ? null : readChange(detail)
  // The change names its files; a path that is told to the rules and not changed here is named all the same.
  if (change) {
    const others = paths.filter((path) => !change.files.some((file) => file.path === path))
    return (
      <>
        <ChangePreview change={change} />
        <Paths paths={others} />
      </>
    )
  }
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
      <Paths paths={paths} />
    </>
  )
}

function Paths({ paths }: { paths: readonly string[] }) {
  if (paths.length === 0) return null
  return (
    <ul className={styles.paths} aria-label={texts.decisions.paths}>
      {paths.map((path) => (
        <li key={path}>{path}</li>
      ))}
    </ul>
  )
}
