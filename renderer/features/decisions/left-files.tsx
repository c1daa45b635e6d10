import { useQuery, useQueryClient } from '@tanstack/react-query'
import { FilePlus2 } from 'lucide-react'
import { type ExecutionSummary, isActive } from '#shared/execution.ts'
import type { LeftFile, SettleLeftFiles } from '#shared/left-file.ts'
import { keys } from '../../lib/query-keys.ts'
import { texts } from '../../lib/texts/texts.ts'
import { api } from '../../lib/trpc.ts'
import { useAction } from '../../lib/use-action.ts'
import { Button } from '../../ui/button.tsx'
import { Callout } from '../../ui/notice.tsx'
import styles from './decisions.module.css'

type Decision = Pick<SettleLeftFiles, 'paths' | 'how'>

/** What checks, set-up and agents have left in the workspace: part of the result, until a person says otherwise. */
export function LeftFiles({ execution }: { execution: ExecutionSummary }) {
  const cache = useQueryClient()
  const isOpen = !isActive(execution.status) && execution.resolution === 'none'
  const queryKey = keys.leftFiles(execution.id, execution.updated_at.getTime())
  const { data = [] } = useQuery({
    queryKey,
    queryFn: () => api.executions.leftFiles.query({ id: execution.id }),
    enabled: isOpen,
  })
  const settle = useAction(
    (decision: Decision) => api.executions.settleLeftFiles.mutate({ id: execution.id, ...decision }),
    {
      failed: texts.decisions.filesNotSettled,
      onSuccess: (left) => cache.setQueryData(queryKey, left),
    },
  )
  if (!isOpen || data.length === 0) return null
  const all = data.map(({ path }) => path)
  const title = titleOf(data)
  return (
    <Callout tone="warn" icon={<FilePlus2 />} title={title}>
      <p className={styles.reason}>{texts.decisions.partOfResultUntil}</p>
      <ul className={styles.said} aria-label={title}>
        {data.map((file) => (
          <Row key={file.path} file={file} settle={settle} />
        ))}
      </ul>
      {all.length > 1 && <Buttons what={texts.decisions.allFiles} paths={all} settle={settle} />}
    </Callout>
  )
}

function titleOf(files: readonly LeftFile[]): string {
  const byAgents = files.filter(({ by }) => by === 'agents').length
  if (byAgents === 0) return texts.decisions.checksLeftFiles
  return byAgents === files.length
    ? texts.decisions.agentsLeftRepositories
    : texts.decisions.checksAndAgentsLeft
}

type Settle = Pick<ReturnType<typeof useAction<Decision, LeftFile[]>>, 'mutate' | 'isPending' | 'variables'>

function Row({ file, settle }: { file: LeftFile; settle: Settle }) {
  return (
    <li className={styles.message}>
      <span className={styles.words}>
        <span className={styles.rowTitle}>
          <code>{file.path}</code>
        </span>
        <span className={styles.facts}>{texts.decisions.madeBy[file.by]}</span>
      </span>
      <Buttons what={file.path} paths={[file.path]} settle={settle} />
    </li>
  )
}

function Buttons({ what, paths, settle }: { what: string; paths: string[]; settle: Settle }) {
  return (
    <fieldset aria-label={what} className={styles.settle}>
      {(['keep', 'ignore', 'remove'] as const).map((how) => (
        <Button
          key={how}
          size="small"
          title={texts.decisions.settleHint[how]}
          disabled={settle.isPending}
          onClick={() => settle.mutate({ paths, how })}
        >
          {texts.decisions.settleLeft[how]}
        </Button>
      ))}
    </fieldset>
  )
}
