import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import type { KeyTrial as Trial } from '#shared/provider.ts'
import { errorText } from '../../lib/error-text.ts'
import { keys } from '../../lib/query-keys.ts'
import { texts } from '../../lib/texts/texts.ts'
import { api } from '../../lib/trpc.ts'
import { Button } from '../../ui/button.tsx'
import { Callout } from '../../ui/notice.tsx'
import styles from './settings-page.module.css'

/** Asks the API with the key, as a person asks for it: what it answers, and what to do then. */
export function KeyTrial() {
  const cache = useQueryClient()
  const button = useRef<HTMLButtonElement>(null)
  const call = useRef<AbortController | null>(null)
  const trial = useMutation({
    mutationFn: () => {
      call.current = new AbortController()
      return api.settings.tryCredential.mutate(undefined, { signal: call.current.signal })
    },
    onSettled: () => cache.invalidateQueries({ queryKey: keys.credential }),
  })
  useEffect(() => () => call.current?.abort(), [])
  const cancel = () => {
    button.current?.focus() // the other one goes
    call.current?.abort()
    trial.reset()
  }
  const said = texts.agentSettings.trial
  return (
    <div className={styles.trial}>
      <div className={styles.trialHead}>
        <span role="status" className={styles.rowHint}>
          {trial.isPending ? said.asking : trial.isIdle && said.hint}
        </span>
        {trial.isPending && (
          <Button size="small" variant="ghost" onClick={cancel}>
            {texts.agentSettings.cancel}
          </Button>
        )}
        <Button ref={button} size="small" isBusy={trial.isPending} onClick={() => trial.mutate()}>
          {trial.isIdle || trial.isPending ? said.tryIt : said.tryAgain}
        </Button>
      </div>
      {trial.isSuccess && <Answer trial={trial.data} />}
      {trial.isError && (
        <Callout tone="bad" role="alert" title={said.failed}>
          {errorText(trial.error)}
        </Callout>
      )}
    </div>
  )
}

function Answer({ trial }: { trial: Trial }) {
  const said = texts.agentSettings.trial
  if (trial.state === 'works') {
    return (
      <div role="status">
        <Callout tone="good" title={said.works}>
          {said.models(trial.models)}
        </Callout>
      </div>
    )
  }
  const { title, text } = trial.state === 'refused' ? said.refused[trial.reason] : said[trial.state]
  return (
    <Callout tone={trial.state === 'refused' ? 'bad' : 'warn'} role="alert" title={title}>
      {text}
    </Callout>
  )
}
