import { useQuery, useQueryClient } from '@tanstack/react-query'
import { TriangleAlert, Undo2 } from 'lucide-react'
import type { ExecutionSummary } from '#shared/execution.ts'
import type { RepositoryChange, RepositoryChangeKind } from '#shared/repository-change.ts'
import { keys } from '../../lib/query-keys.ts'
import { texts } from '../../lib/texts/texts.ts'
import { api } from '../../lib/trpc.ts'
import { useAction } from '../../lib/use-action.ts'
import { Button } from '../../ui/button.tsx'
import { Callout } from '../../ui/notice.tsx'
import styles from './decisions.module.css'

const KIND: Readonly<Record<RepositoryChangeKind, string>> = {
  ref: texts.decisions.branchOrTag,
  stash: texts.decisions.stash,
  hook: texts.decisions.hook,
  config: texts.decisions.setting,
  head: texts.decisions.checkout,
}

/** What was changed in the repository outside the run's own branch while its agents worked. */
export function RepositoryChanges({ execution }: { execution: ExecutionSummary }) {
  const cache = useQueryClient()
  const { data } = useQuery({
    queryKey: keys.repositoryChanges(execution.id, execution.updated_at.getTime()),
    queryFn: () => api.executions.repositoryChanges.query({ id: execution.id }),
    placeholderData: (before) => before,
  })
  const undo = useAction((id: string) => api.executions.undoRepositoryChange.mutate({ id }), {
    failed: texts.decisions.notPutBack,
    onSuccess: () => void cache.invalidateQueries({ queryKey: ['repository-changes', execution.id] }),
  })
  if (!data || data.length === 0) return null
  return (
    <Callout tone="warn" icon={<TriangleAlert />} title={texts.decisions.somethingChangedOutsideBranchRun}>
      <p className={styles.reason}>{texts.decisions.whileAgentsWorkedMay}</p>
      <ul className={styles.said} aria-label={texts.decisions.changesOutsideBranch}>
        {data.map((change) => (
          <li key={change.id} className={styles.message}>
            <span className={styles.words}>
              <span className={styles.rowTitle}>
                {KIND[change.kind]} <code>{change.name}</code>
              </span>
              <span className={styles.facts}>{whatHappened(change)}</span>
            </span>
            {change.undone_at === null && (
              <Button
                size="small"
                icon={<Undo2 />}
                isBusy={undo.isPending && undo.variables === change.id}
                onClick={() => undo.mutate(change.id)}
              >
                {texts.decisions.putBack}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </Callout>
  )
}

function whatHappened({ before, after, undone_at }: RepositoryChange): string {
  if (undone_at) return texts.decisions.putBack
  if (before === null) return `new: ${shortened(after)}`
  if (after === null) return texts.decisions.gone(shortened(before))
  return `${shortened(before)} → ${shortened(after)}`
}

/** Commits by their first characters. */
function shortened(value: string | null): string {
  if (value === null) return ''
  return /^[0-9a-f]{40,64}$/.test(value) ? value.slice(0, 10) : value.slice(0, 120)
}
