import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { CredentialStatus } from '#shared/provider.ts'
import { errorText } from '../../lib/error-text.ts'
import { keys } from '../../lib/query-keys.ts'
import { api } from '../../lib/trpc.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { TextInput } from '../../ui/field.tsx'
import { ErrorState } from '../../ui/notice.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { showToast } from '../../ui/toast.tsx'
import styles from './settings-page.module.css'
import { SettingsSection } from './settings-section.tsx'

/** The key of the Anthropic API: where it comes from, and the way to give or forget one. */
export function CredentialSection() {
  const status = useQuery({ queryKey: keys.credential, queryFn: () => api.settings.credential.query() })
  return (
    <SettingsSection
      title="Anthropic API key"
      hint="The key is encrypted by your system and is never written to the database, a log or a window."
    >
      {status.isPending && (
        <div className={styles.loading}>
          <Skeleton width="50%" />
        </div>
      )}
      {status.isError && !status.data && (
        <ErrorState
          title="The key’s state could not be read"
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
  const accept = (next: CredentialStatus) => {
    cache.setQueryData(keys.credential, next)
    void cache.invalidateQueries({ queryKey: keys.providers })
  }
  const forget = useMutation({
    mutationFn: () => api.settings.clearCredential.mutate(),
    onSuccess: (next) => {
      accept(next)
      showToast({ title: 'The key was forgotten' })
    },
    onError: (error) =>
      showToast({ tone: 'bad', title: 'The key was not forgotten', text: errorText(error) }),
  })
  return (
    <>
      <div className={styles.row}>
        <div className={styles.rowText}>
          <div className={styles.rowTitle}>
            {SOURCE[status.source].title}
            <Badge tone={status.source === 'none' ? 'warn' : 'good'}>
              {status.source === 'none' ? 'Not set' : 'Set'}
            </Badge>
          </div>
          <div className={styles.rowHint}>{SOURCE[status.source].text}</div>
          {!status.can_store && status.source !== 'environment' && (
            <div className={styles.fix}>
              This system offers no encrypted storage, so a key given here is kept only until the app is
              closed.
            </div>
          )}
        </div>
        {status.source === 'stored' && (
          <Button size="small" isBusy={forget.isPending} onClick={() => forget.mutate()}>
            Forget key
          </Button>
        )}
      </div>
      {status.source !== 'environment' && <KeyForm isChange={status.source === 'stored'} onStored={accept} />}
    </>
  )
}

const SOURCE: Readonly<Record<CredentialStatus['source'], { title: string; text: string }>> = {
  environment: {
    title: 'From the environment',
    text: 'ANTHROPIC_API_KEY is set where the app was started, and wins over a key given here.',
  },
  stored: { title: 'Given here', text: 'Used for every board whose agent is Anthropic.' },
  none: { title: 'No key', text: 'Without a key, only the demo agent can work.' },
}

function KeyForm({
  isChange,
  onStored,
}: {
  isChange: boolean
  onStored: (status: CredentialStatus) => void
}) {
  const [key, setKey] = useState('')
  const store = useMutation({
    mutationFn: () => api.settings.setCredential.mutate({ key: key.trim() }),
    onSuccess: (next) => {
      setKey('')
      onStored(next)
      showToast({ tone: 'good', title: 'The key is set' })
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
          type="password"
          isMono
          aria-label="API key"
          aria-invalid={store.isError}
          placeholder={isChange ? 'Another key' : 'sk-ant-…'}
          value={key}
          onChange={(event) => setKey(event.target.value)}
        />
        <Button type="submit" variant="primary" disabled={key.trim() === ''} isBusy={store.isPending}>
          {isChange ? 'Change key' : 'Set key'}
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
