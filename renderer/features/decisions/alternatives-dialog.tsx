import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Plus, X } from 'lucide-react'
import { useState } from 'react'
import type { StartAlternatives } from '#shared/execution.ts'
import type { TaskId } from '#shared/ids.ts'
import type { ProviderId } from '#shared/provider.ts'
import { keys } from '../../lib/query-keys.ts'
import { texts } from '../../lib/texts/texts.ts'
import { api } from '../../lib/trpc.ts'
import { useAction } from '../../lib/use-action.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { TextInput } from '../../ui/field.tsx'
import { Select } from '../../ui/select.tsx'
import { isTooLong } from '../../ui/too-long.tsx'
import styles from './alternatives.module.css'

interface Choice {
  key: number
  provider: ProviderId
  model: string
}

const MOST = 6
const LONGEST_MODEL = 100

interface AlternativesDialogProps {
  taskId: TaskId
  onClose: () => void
}

/** The same card by several agents or models at once, to compare what comes of it. */
export function AlternativesDialog({ taskId, onClose }: AlternativesDialogProps) {
  const cache = useQueryClient()
  const providers = useQuery({ queryKey: keys.providers, queryFn: () => api.settings.providers.query() })
  const available = (providers.data ?? []).filter((one) => one.available)
  const first = available[0]?.id
  const [chosen, setChosen] = useState<readonly Choice[] | null>(null)
  const all = chosen ?? (first ? [0, 1].map((key) => ({ key, provider: first, model: '' })) : [])
  const start = useAction((input: StartAlternatives) => api.executions.startAlternatives.mutate(input), {
    failed: texts.alternatives.agentsNotStarted,
    onSuccess: () => {
      void cache.invalidateQueries({ queryKey: keys.executions(taskId) })
      onClose()
    },
  })
  const set = (key: number, values: Partial<Choice>) =>
    setChosen(all.map((one) => (one.key === key ? { ...one, ...values } : one)))
  const isRefused = all.length < 2 || all.some(({ model }) => isTooLong(model, LONGEST_MODEL))
  const submit = () => {
    if (isRefused) return
    const alternatives = all.map(({ provider, model }) => ({
      provider,
      ...(model.trim() && { model: model.trim() }),
    }))
    start.mutate({ task_id: taskId, workflow_type: 'development', alternatives })
  }
  return (
    <Dialog
      title={texts.alternatives.runWithSeveralAgents}
      description={texts.alternatives.eachWorksInCopy}
      onClose={onClose}
      onSubmit={submit}
      footer={
        <>
          <Button variant="ghost" onClick={onClose}>
            {texts.alternatives.cancel}
          </Button>
          <Button type="submit" variant="primary" disabled={isRefused} isBusy={start.isPending}>
            {texts.alternatives.start(all.length)}
          </Button>
        </>
      }
    >
      {providers.data && available.length === 0 && <p role="alert">{texts.alternatives.noAgentCanWork}</p>}
      <ol className={styles.choices} aria-label={texts.alternatives.agentsCompare}>
        {all.map((one, index) => (
          <li key={one.key} className={styles.choice}>
            <Select
              label={texts.alternatives.agent(index)}
              value={one.provider}
              choices={available.map(({ id, name, message }) => ({ value: id, label: name, hint: message }))}
              onChange={(provider) => set(one.key, { provider })}
            />
            <TextInput
              isMono
              aria-label={texts.alternatives.modelAgent(index)}
              placeholder={texts.alternatives.ownModel}
              limit={LONGEST_MODEL}
              value={one.model}
              onChange={(event) => set(one.key, { model: event.target.value })}
            />
            <IconButton
              label={texts.alternatives.leaveOutAgent(index)}
              disabled={all.length <= 2}
              onClick={() => setChosen(all.filter(({ key }) => key !== one.key))}
            >
              <X />
            </IconButton>
          </li>
        ))}
      </ol>
      {first && all.length < MOST && (
        <Button
          size="small"
          variant="ghost"
          icon={<Plus />}
          onClick={() =>
            setChosen([
              ...all,
              { key: Math.max(...all.map(({ key }) => key)) + 1, provider: first, model: '' },
            ])
          }
        >
          {texts.alternatives.oneMore}
        </Button>
      )}
    </Dialog>
  )
}
