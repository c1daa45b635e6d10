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
  /** The work is to go into the branch, or out of it. */
  isRevert?: boolean
  /** Settles when that has been tried with it. */
  onChosen: () => Promise<unknown>
}

/** The branch that the work should go into, or out of, is not there: a person says which one it is. */
export function ChooseBase({ id, preview, isRevert = false, onChosen }: ChooseBaseProps) {
  const { base_branch, branches } = preview
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
          {isRevert ? texts.changes.chooseBaseOfRevert : texts.changes.chooseBase}
          <div className={styles.choice}>
            <Select
              label={isRevert ? texts.changes.takeOutOf : texts.changes.mergeInto}
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
