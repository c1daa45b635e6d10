import clsx from 'clsx'
import { type KeyboardEvent, useRef, useState } from 'react'
import type { AnswerApproval, ApprovalItem, Remember } from '#shared/approval.ts'
import { formatAgo } from '../../lib/format.ts'
import { routeHash } from '../../lib/route.ts'
import { texts } from '../../lib/texts/texts.ts'
import { ApprovalAnswers } from './approval-answers.tsx'
import { ApprovalDetail } from './approval-detail.tsx'
import { type ApprovalAct, keyAct, WORDS } from './approval-words.ts'
import styles from './decisions.module.css'
import { refusalDraft } from './refusal-drafts.ts'
import { RefusalForm } from './refusal-form.tsx'
import { RememberedRules } from './remembered-rules.tsx'
import { useAnswer } from './use-approvals.ts'

interface ApprovalCardProps {
  approval: ApprovalItem
  /** Milliseconds. */
  now: number
  /** On its card's own page the card is not named again. */
  isOnCard?: boolean
}

/** One question of an agent or a workflow: what exactly would happen, and the ways to answer. */
export function ApprovalCard({ approval, now, isOnCard = false }: ApprovalCardProps) {
  const card = useRef<HTMLElement>(null)
  const answer = useAnswer()
  const [remember, setRemember] = useState<Remember>('once')
  const [pattern, setPattern] = useState<string | null>(null)
  const [refusing, setRefusing] = useState<Exclude<ApprovalAct, 'yes'> | null>(null)
  const { kind, proposed_rules: rules } = approval
  const [only] = rules.length === 1 ? rules : []
  const words = WORDS[kind]
  const give = (act: ApprovalAct, message = '') => {
    if (answer.isPending) return // a key that was pressed twice
    const values: AnswerApproval = {
      id: approval.id,
      approve: act === 'yes',
      ...(act === 'again' && { again: true }),
      remember,
      ...(message.trim() && { message: message.trim() }),
      ...(remember !== 'once' && pattern !== null && pattern !== only?.pattern && { pattern }),
    }
    answer.mutate(values)
  }
  const act = (wanted: ApprovalAct) => {
    if (wanted === 'yes') give(wanted)
    else setRefusing(wanted)
  }
  const handleKey = (event: KeyboardEvent) => {
    const wanted = isTyping(event) ? null : keyAct(event.key, approval)
    if (!wanted) return
    event.preventDefault()
    event.stopPropagation()
    if (event.repeat) return // a key that is held would answer one question after the other, unread
    if (wanted === 'once' || wanted === 'execution' || wanted === 'always') setRemember(wanted)
    else act(wanted)
  }
  return (
    <article
      ref={card}
      className={clsx(styles.approval, approval.tool_kind === 'execute' && styles.command)}
      aria-label={`${words.what}: ${approval.title}`}
      data-approval={approval.id}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: keys answer it
      tabIndex={0}
      onKeyDown={handleKey}
    >
      <Head approval={approval} now={now} isOnCard={isOnCard} />
      <p className={styles.title}>{approval.title}</p>
      {approval.reason && <p className={styles.reason}>{approval.reason}</p>}
      <ApprovalDetail approval={approval} />
      {refusing === null ? (
        <ApprovalAnswers
          approval={approval}
          remember={remember}
          isBusy={answer.isPending}
          onAct={act}
          onRemember={setRemember}
        />
      ) : (
        <RefusalForm
          key={refusing}
          draft={refusalDraft(approval.id, refusing)}
          label={refusing === 'again' ? texts.decisions.whatPlanLacks : words.why}
          action={refusing === 'again' ? texts.decisions.planAnew : words.no}
          isDangerous={refusing === 'no'}
          needsWords={refusing === 'again'}
          isBusy={answer.isPending}
          onSend={(message) => give(refusing, message)}
          onBack={() => {
            setRefusing(null)
            card.current?.focus()
          }}
        />
      )}
      {remember !== 'once' && (
        <RememberedRules
          rules={rules}
          isForBoard={remember === 'always'}
          pattern={pattern ?? only?.pattern ?? null}
          onPattern={only ? setPattern : null}
        />
      )}
    </article>
  )
}

/** In a field, or with a key that makes it a shortcut of the system. */
function isTyping({ target, metaKey, ctrlKey, altKey }: KeyboardEvent): boolean {
  if (metaKey || ctrlKey || altKey) return true
  return target instanceof HTMLElement && target.closest('input, textarea') !== null
}

function Head({ approval, now, isOnCard }: Required<ApprovalCardProps>) {
  return (
    <header className={styles.line}>
      <span className={styles.what}>{WORDS[approval.kind].what}</span>
      {!isOnCard && (
        <a
          className={styles.card}
          href={routeHash({ page: 'board', boardId: approval.board_id, taskId: approval.task_id })}
        >
          {approval.task_key} {approval.task_title}
        </a>
      )}
      <time className={styles.since} dateTime={approval.created_at.toISOString()}>
        {formatAgo(approval.created_at, now)}
      </time>
    </header>
  )
}
