import { useState } from 'react'
import type { MergePreview } from '#shared/diff.ts'
import type { ExecutionId } from '#shared/ids.ts'
import { texts } from '../../lib/texts/texts.ts'
import { api } from '../../lib/trpc.ts'
import { useAction } from '../../lib/use-action.ts'
import { Button } from '../../ui/button.tsx'
import { Callout } from '../../ui/notice.tsx'
import { Select } from '../../ui/select.tsx'
import styles from './choose-base.module.css'

interface ChooseBaseProps {
  id: ExecutionId
  preview: Extract<MergePreview, { state: 'no_base' }>
  /** Settles when the merge into it has been tried. */
  onChosen: () => Promise<unknown>
}

/** The branch that the work should go into is not there: a person says into which one it goes. */
export function ChooseBase({ id, preview: { base_branch, branches }, onChosen }: ChooseBaseProps) {
  const [chosen, setChosen] = useState<string | null>(null)
  const value = chosen !== null && branches.includes(chosen) ? chosen : branches[0]
  const choose = useAction(
    async (branch: string) => {
      await api.executions.chooseBase.mutate({ id, base_branch: branch })
      await onChosen()
    },
    { failed: texts.changes.baseNotChosen },
  )
  return (
    <Callout tone="warn" title={texts.changes.noBase(base_branch)}>
      {value === undefined ? (
        texts.changes.noOtherBranch
      ) : (
        <>
          {texts.changes.chooseBase}
          <div className={styles.choice}>
            <Select
              label={texts.changes.mergeInto}
              value={value}
              choices={branches.map((name) => ({ value: name, label: name }))}
              onChange={setChosen}
            />
            <Button isBusy={choose.isPending} onClick={() => choose.mutate(value)}>
              {texts.changes.useBranch}
            </Button>
          </div>
        </>
      )}
    </Callout>
  )
}
