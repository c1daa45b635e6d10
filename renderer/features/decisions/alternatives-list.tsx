import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { type ExecutionSummary, isActive } from '#shared/execution.ts'
import type { ExecutionId } from '#shared/ids.ts'
import { keys } from '../../lib/query-keys.ts'
import { texts } from '../../lib/texts/texts.ts'
import { api } from '../../lib/trpc.ts'
import { useAction } from '../../lib/use-action.ts'
import { useNow } from '../../lib/use-now.ts'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { showToast } from '../../ui/toast.tsx'
import { Alternative } from './alternative.tsx'
import styles from './alternatives.module.css'

interface AlternativesListProps {
  /** Of one group, in their order. */
  group: readonly ExecutionSummary[]
  shown: ExecutionId
  onShow: (id: ExecutionId) => void
}

/** What several agents made of the same card, the same fact at the same place of each, and the choice of one. */
export function AlternativesList({ group, shown, onShow }: AlternativesListProps) {
  const cache = useQueryClient()
  const [picking, setPicking] = useState<ExecutionSummary | null>(null)
  const now = useNow(
    1_000,
    group.some((one) => isActive(one.status)),
  )
  const pick = useAction((id: ExecutionId) => api.executions.pick.mutate({ id }), {
    failed: texts.alternatives.notPicked,
    onSuccess: ({ id, task_id }) => {
      setPicking(null)
      onShow(id)
      void cache.invalidateQueries({ queryKey: keys.executions(task_id) })
      showToast({
        title: texts.alternatives.othersDiscarded,
        text: texts.alternatives.eachKept,
      })
    },
  })
  const isOpen = group.every(({ resolution }) => resolution === 'none')
  return (
    <section className={styles.compare} aria-label={texts.alternatives.alternatives}>
      <ol className={styles.alternatives}>
        {group.map((one) => (
          <Alternative
            key={one.id}
            execution={one}
            now={now}
            isShown={one.id === shown}
            onShow={() => onShow(one.id)}
            onPick={isOpen && one.files_changed > 0 && !isActive(one.status) ? () => setPicking(one) : null}
          />
        ))}
      </ol>
      {picking && (
        <ConfirmDialog
          title={texts.alternatives.pickAlternative(picking.alternative)}
          confirm={texts.alternatives.pickIt}
          isBusy={pick.isPending}
          onConfirm={() => pick.mutate(picking.id)}
          onClose={() => setPicking(null)}
        >
          {texts.alternatives.otherAlternativesStopped}
        </ConfirmDialog>
      )}
    </section>
  )
}
