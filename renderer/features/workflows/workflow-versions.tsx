import { useQuery } from '@tanstack/react-query'
import type { Workflow, WorkflowVersion } from '#shared/workflow.ts'
import { listNodes } from '#shared/workflow-problems.ts'
import { formatMoment } from '../../lib/format.ts'
import { texts } from '../../lib/texts/texts.ts'
import { api } from '../../lib/trpc.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { ErrorState } from '../../ui/notice.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import styles from './workflows-page.module.css'

interface WorkflowVersionsProps {
  workflow: Workflow
  onTake: (version: WorkflowVersion) => void
  onClose: () => void
}

/** Every version that was saved, what changed with it, and the way back to it. */
export function WorkflowVersions({ workflow, onTake, onClose }: WorkflowVersionsProps) {
  const versions = useQuery({
    queryKey: ['workflow-versions', workflow.id, workflow.version],
    queryFn: () => api.workflows.versions.query({ id: workflow.id }),
  })
  return (
    <Dialog title={texts.workflows.versions(workflow.name)} onClose={onClose}>
      {versions.error && (
        <ErrorState
          title={texts.workflows.versionsCouldNotRead}
          error={versions.error}
          onRetry={() => void versions.refetch()}
        />
      )}
      {versions.isPending && <Skeleton height="80px" />}
      <ul className={styles.versions} aria-label={texts.workflows.versionsTitle}>
        {versions.data?.map((one, index, all) => (
          <li key={one.version} className={styles.version}>
            <span className={styles.words}>
              <span className={styles.rowName}>
                {texts.workflows.version(one.version)}
                {one.version === workflow.version && texts.workflows.now}
              </span>
              <span className={styles.facts}>
                {one.author_name}, {formatMoment(one.created_at)} · {changesBetween(all[index + 1], one)}
              </span>
            </span>
            {one.version !== workflow.version && (
              <Button size="small" onClick={() => onTake(one)}>
                {texts.workflows.edit}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </Dialog>
  )
}

/** In a few words; the first version has nothing before it. */
function changesBetween(before: WorkflowVersion | undefined, after: WorkflowVersion): string {
  const now = namesOf(after)
  if (!before) return texts.workflows.stepCount(now.size)
  const then = namesOf(before)
  const added = [...now].filter(([id]) => !then.has(id)).map(([, { name }]) => `+ ${name}`)
  const removed = [...then].filter(([id]) => !now.has(id)).map(([, { name }]) => `− ${name}`)
  const changed = [...now].flatMap(([id, { name, text }]) => {
    const old = then.get(id)
    return old && old.text !== text ? [texts.workflows.changed(name)] : []
  })
  const renamed = before.name === after.name ? [] : [texts.workflows.renamed(before.name)]
  const all = [...renamed, ...added, ...removed, ...changed]
  if (all.length === 0) return texts.workflows.anotherOrder
  return all.length > 4 ? texts.workflows.andMore(all.slice(0, 4).join(', '), all.length) : all.join(', ')
}

/** Each step without those within it: a change inside is told once. */
function namesOf({ definition }: WorkflowVersion): Map<string, { name: string; text: string }> {
  return new Map(
    listNodes(definition.nodes, '').map(({ node }) => [
      node.id,
      {
        name: node.name,
        text: JSON.stringify({ ...node, branches: null, yes: null, no: null, body: null }),
      },
    ]),
  )
}
