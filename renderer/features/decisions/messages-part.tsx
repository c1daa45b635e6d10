import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Send, X } from 'lucide-react'
import { type ExecutionSummary, isActive } from '#shared/execution.ts'
import type { ExecutionMessage } from '#shared/execution-message.ts'
import type { MessageId } from '#shared/ids.ts'
import { keys } from '../../lib/query-keys.ts'
import { useTextDraft, writeTextDraft } from '../../lib/text-draft.ts'
import { texts } from '../../lib/texts/texts.ts'
import { api } from '../../lib/trpc.ts'
import { useAction } from '../../lib/use-action.ts'
import { useIsUsedUp } from '../../lib/use-limits.ts'
import { IconButton } from '../../ui/button.tsx'
import { TextArea } from '../../ui/field.tsx'
import { ReasonedButton } from '../../ui/reasoned-button.tsx'
import { isTooLong } from '../../ui/too-long.tsx'
import styles from './decisions.module.css'

const LONGEST = 20_000

/** What people say to the agents of a run: at their next turn, or as a further round. */
export function MessagesPart({ execution }: { execution: ExecutionSummary }) {
  const cache = useQueryClient()
  const { id, status, resolution } = execution
  const slot = `message:${id}`
  const text = useTextDraft(slot) ?? ''
  const isUsedUp = useIsUsedUp(execution)
  const messages = useQuery({
    // Each change of the run may have given one to an agent.
    queryKey: keys.messages(id, execution.updated_at.getTime()),
    queryFn: () => api.executions.messages.query({ id }),
    placeholderData: (before) => before,
  })
  const refresh = () => cache.invalidateQueries({ queryKey: ['messages', id] })
  const send = useAction((body: string) => api.executions.sendMessage.mutate({ execution_id: id, body }), {
    failed: texts.decisions.messageNotSent,
    onSuccess: () => {
      writeTextDraft(slot, '')
      void refresh()
    },
  })
  const withdraw = useAction((message: MessageId) => api.executions.withdrawMessage.mutate({ id: message }), {
    failed: texts.decisions.messageNotTakenBack,
    onSuccess: () => void refresh(),
  })
  const said = (messages.data ?? []).filter((one) => one.status !== 'withdrawn')
  if (resolution !== 'none') return null
  const body = text.trim()
  const isRefused = !body || isUsedUp || isTooLong(body, LONGEST)
  const say = () => {
    if (!isRefused && !send.isPending) send.mutate(body)
  }
  return (
    <section className={styles.messages} aria-label={texts.decisions.messagesAgents}>
      {said.length > 0 && (
        <ul className={styles.said}>
          {said.map((one) => (
            <Message key={one.id} message={one} onWithdraw={() => withdraw.mutate(one.id)} />
          ))}
        </ul>
      )}
      <form
        className={styles.composer}
        onSubmit={(event) => {
          event.preventDefault()
          say()
        }}
      >
        <TextArea
          rows={1}
          aria-label={texts.decisions.messageAgents}
          placeholder={isUsedUp ? texts.decisions.sayOncePaid : hintOf(status)}
          limit={LONGEST}
          readOnly={send.isPending}
          value={text}
          onChange={(event) => writeTextDraft(slot, event.target.value)}
          onKeyDown={(event) => {
            event.stopPropagation()
            if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) say()
          }}
        />
        <ReasonedButton
          type="submit"
          size="small"
          icon={<Send />}
          reason={isUsedUp ? texts.decisions.nobodyWouldHear : null}
          disabled={isRefused && !isUsedUp}
          isBusy={send.isPending}
        >
          {texts.decisions.send}
        </ReasonedButton>
      </form>
    </section>
  )
}

function Message({ message, onWithdraw }: { message: ExecutionMessage; onWithdraw: () => void }) {
  const isQueued = message.status === 'queued'
  return (
    <li className={styles.message}>
      <span className={styles.words}>
        <span className={styles.body}>{message.body}</span>
        <span className={styles.facts}>
          {message.author_name} ·{' '}
          {isQueued ? texts.decisions.waitsForTheirNextTurn : texts.decisions.agentsTold}
        </span>
      </span>
      {isQueued && (
        <IconButton size="small" label={texts.decisions.takeMessageBack} onClick={onWithdraw}>
          <X />
        </IconButton>
      )}
    </li>
  )
}

/** What becomes of what is said: a run that broke off goes on with it, one that has come to its end begins a round. */
function hintOf(status: ExecutionSummary['status']): string {
  if (isActive(status)) return texts.decisions.saySomethingAgents
  const isAtEnd = status === 'completed' || status === 'blocked'
  return isAtEnd ? texts.decisions.askForSomethingMore : texts.decisions.goOnWithWords
}
