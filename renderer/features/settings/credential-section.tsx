import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type Ref, useRef, useState } from 'react'
import type { CredentialStatus } from '#shared/provider.ts'
import { errorText } from '../../lib/error-text.ts'
import { keys } from '../../lib/query-keys.ts'
import { readAnew } from '../../lib/read-anew.ts'
import { texts } from '../../lib/texts/texts.ts'
import { api } from '../../lib/trpc.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { TextInput } from '../../ui/field.tsx'
import { ErrorState } from '../../ui/notice.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { showToast } from '../../ui/toast.tsx'
import { credentialQuery } from './credential-query.ts'
import { KeyTrial } from './key-trial.tsx'
import styles from './settings-page.module.css'
import { SettingsSection } from './settings-section.tsx'

/** The key of the Anthropic API: where it comes from, and the way to give or forget one. */
export function CredentialSection() {
  const status = useQuery(credentialQuery)
  return (
    <SettingsSection
      title={texts.agentSettings.anthropicApiKey}
      hint={
        status.data?.can_store === false
          ? texts.agentSettings.keyNotWritten
          : texts.agentSettings.keyEncrypted
      }
    >
      {status.isPending && (
        <div className={styles.loading}>
          <Skeleton width="50%" />
        </div>
      )}
      {status.isError && !status.data && (
        <ErrorState
          title={texts.agentSettings.keysStateCouldNotRead}
          error={status.error}
          onRetry={() => void status.refetch()}
        />
      )}
      {status.data && <Credential status={status.data} />}
    </SettingsSection>
  )
}

function Credential({ status }: { status: CredentialStatus }) {
  const cache = useQueryClient()
  const field = useRef<HTMLInputElement>(null)
  /** What was tried of a key says nothing of the next one. */
  const [tried, setTried] = useState(0)
  const accept = (next: CredentialStatus) => {
    setTried(tried + 1)
    cache.setQueryData(keys.credential, next)
    // Agents that are being looked for at this moment may have been asked before.
    void readAnew(cache, keys.providers)
  }
  const forget = useMutation({
    mutationFn: () => api.settings.clearCredential.mutate(),
    onSuccess: (next) => {
      accept(next)
      field.current?.focus() // the button goes
      showToast({ title: texts.agentSettings.keyForgotten })
    },
    onError: (error) =>
      showToast({ tone: 'bad', title: texts.agentSettings.keyNotForgotten, text: errorText(error) }),
  })
  return (
    <>
      <div className={styles.row}>
        <div className={styles.rowText}>
          <div className={styles.rowTitle}>
            {SOURCE[status.source].title}
            <KeyBadge status={status} />
          </div>
          <div className={styles.rowHint}>{SOURCE[status.source].text}</div>
          {!status.can_store && status.source !== 'environment' && (
            <div className={styles.fix}>{texts.agentSettings.systemOffersNoEncrypted}</div>
          )}
        </div>
        {status.source === 'stored' && (
          <Button size="small" isBusy={forget.isPending} onClick={() => forget.mutate()}>
            {texts.agentSettings.forgetKey}
          </Button>
        )}
      </div>
      {status.source !== 'none' && <KeyTrial key={tried} />}
      {status.source !== 'environment' && (
        <KeyForm field={field} isChange={status.source === 'stored'} onStored={accept} />
      )}
    </>
  )
}

const PROOF_TONES = { untried: 'mute', works: 'good', refused: 'bad' } as const

function KeyBadge({ status: { source, proof } }: { status: CredentialStatus }) {
  if (source === 'none') return <Badge tone="warn">{texts.agentSettings.notSet}</Badge>
  return <Badge tone={PROOF_TONES[proof]}>{texts.agentSettings.proofs[proof]}</Badge>
}

const SOURCE: Readonly<Record<CredentialStatus['source'], { title: string; text: string }>> = {
  environment: {
    title: texts.agentSettings.fromEnvironment,
    text: texts.agentSettings.anthropicApiKeySet,
  },
  stored: { title: texts.agentSettings.givenHere, text: texts.agentSettings.usedForEveryBoard },
  none: { title: texts.agentSettings.noKey, text: texts.agentSettings.withoutKeyOnlyDemo },
}

function KeyForm({
  field,
  isChange,
  onStored,
}: {
  field: Ref<HTMLInputElement>
  isChange: boolean
  onStored: (status: CredentialStatus) => void
}) {
  const [key, setKey] = useState('')
  const store = useMutation({
    mutationFn: () => api.settings.setCredential.mutate({ key: key.trim() }),
    onSuccess: (next) => {
      setKey('')
      onStored(next)
      showToast({ tone: 'good', title: texts.agentSettings.keySet })
    },
  })
  return (
    <>
      <form
        className={styles.keyForm}
        onSubmit={(event) => {
          event.preventDefault()
          if (key.trim() !== '') store.mutate()
        }}
      >
        <TextInput
          ref={field}
          type="password"
          isMono
          aria-label={texts.agentSettings.apiKey}
          aria-invalid={store.isError}
          placeholder={isChange ? texts.agentSettings.anotherKey : texts.agentSettings.skAnt}
          value={key}
          onChange={(event) => setKey(event.target.value)}
        />
        <Button type="submit" variant="primary" disabled={key.trim() === ''} isBusy={store.isPending}>
          {isChange ? texts.agentSettings.changeKey : texts.agentSettings.setKey}
        </Button>
      </form>
      {store.isError && (
        <p className={styles.refused} role="alert">
          {errorText(store.error)}
        </p>
      )}
    </>
  )
}
