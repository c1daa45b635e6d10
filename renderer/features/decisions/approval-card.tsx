import clsx from 'clsx'
import { Check, X } from 'lucide-react'
import { type KeyboardEvent, type Ref, useState } from 'react'
import type { AnswerApproval, ApprovalItem, Remember } from '#shared/approval.ts'
import { formatAgo } from '../../lib/format.ts'
import { routeHash } from '../../lib/route.ts'
import { texts } from '../../lib/texts/texts.ts'
import { AgentText } from '../../ui/agent-text.tsx'
import { Button } from '../../ui/button.tsx'
import { Field, TextArea, TextInput } from '../../ui/field.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import styles from './decisions.module.css'
import { useAnswer } from './use-approvals.ts'

const REMEMBER: readonly { value: Remember; label: string }[] = [
  { value: 'once', label: texts.decisions.once },
  { value: 'execution', label: texts.decisions.run },
  { value: 'always', label: texts.decisions.always },
]

const WORDS: Readonly<Record<ApprovalItem['kind'], { yes: string; no: string; what: string }>> = {
  permission: { yes: texts.decisions.allow, no: texts.decisions.refuse, what: texts.decisions.agentAsks },
  gate: { yes: texts.decisions.go, no: texts.decisions.stop, what: texts.decisions.workflowAsks },
  plan: { yes: texts.decisions.carryOut, no: texts.decisions.notLike, what: texts.decisions.planWaits },
  merge: { yes: texts.decisions.merge, no: texts.decisions.doNotMerge, what: texts.decisions.mergeWaits },
}

/** What the words of a refusal are for. */
const REFUSAL: Readonly<Record<ApprovalItem['kind'], string>> = {
  permission: texts.decisions.whatAgentToldOptional,
  gate: texts.decisions.whyOptional,
  plan: texts.decisions.whatPlanLacks,
  merge: texts.decisions.whyOptional,
}

interface ApprovalCardProps {
  approval: ApprovalItem
  /** Milliseconds. */
  now: number
  /** On its card's own page the card is not named again. */
  isOnCard?: boolean
  ref?: Ref<HTMLElement>
}

/** One question of an agent or a workflow: what exactly would happen, and the ways to answer. */
export function ApprovalCard({ approval, now, isOnCard = false, ref }: ApprovalCardProps) {
  const answer = useAnswer()
  const [remember, setRemember] = useState<Remember>('once')
  const [pattern, setPattern] = useState<string | null>(null)
  const [refusal, setRefusal] = useState<string | null>(null)
  const { kind, proposed_rules: rules } = approval
  const [only] = rules.length === 1 ? rules : []
  const words = WORDS[kind]
  const give = (approve: boolean, message?: string, again = false) => {
    const values: AnswerApproval = {
      id: approval.id,
      approve,
      ...(again && { again }),
      remember,
      ...(message?.trim() && { message: message.trim() }),
      ...(remember !== 'once' && pattern !== null && pattern !== only?.pattern && { pattern }),
    }
    answer.mutate(values)
  }
  const isPlan = kind === 'plan'
  /** With words a plan is written anew; without them nobody could say how. */
  const refuse = (message: string) => {
    if (!isPlan) give(false, message)
    else if (message.trim()) give(false, message, true)
  }
  const handleKey = (event: KeyboardEvent) => {
    if (event.target instanceof HTMLElement && event.target.closest('input, textarea')) return
    const act = keyAct(event.key, rules.length > 0)
    if (!act || event.metaKey || event.ctrlKey || event.altKey) return
    event.preventDefault()
    event.stopPropagation()
    if (act === 'yes') give(true)
    else if (act === 'no') setRefusal('')
    else setRemember(act)
  }
  return (
    <article
      ref={ref}
      className={clsx(styles.approval, approval.tool_kind === 'execute' && styles.command)}
      aria-label={`${words.what}: ${approval.title}`}
      data-approval={approval.id}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: keys answer it
      tabIndex={0}
      onKeyDown={handleKey}
    >
      <header className={styles.line}>
        <span className={styles.what}>{words.what}</span>
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
      <p className={styles.title}>{approval.title}</p>
      {approval.reason && <p className={styles.reason}>{approval.reason}</p>}
      <Detail approval={approval} />
      {refusal === null ? (
        <div className={styles.answers}>
          <Button
            size="small"
            variant="primary"
            icon={<Check />}
            isBusy={answer.isPending}
            onClick={() => give(true)}
          >
            {words.yes}
          </Button>
          <Button size="small" icon={<X />} disabled={answer.isPending} onClick={() => setRefusal('')}>
            {words.no}…
          </Button>
          {rules.length > 0 && (
            <Segmented
              label={texts.decisions.forHowLong}
              value={remember}
              choices={REMEMBER}
              onChange={setRemember}
            />
          )}
        </div>
      ) : (
        <form
          className={styles.refusal}
          onSubmit={(event) => {
            event.preventDefault()
            refuse(refusal)
          }}
        >
          <Field label={REFUSAL[kind]}>
            {(attributes) => (
              <TextArea
                {...attributes}
                rows={2}
                maxLength={2000}
                autoFocus
                value={refusal}
                onChange={(event) => setRefusal(event.target.value)}
                onKeyDown={(event) => {
                  if (event.key === 'Escape') {
                    event.stopPropagation()
                    setRefusal(null)
                  }
                  if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) refuse(refusal)
                }}
              />
            )}
          </Field>
          <div className={styles.answers}>
            {isPlan && (
              <Button
                size="small"
                variant="primary"
                type="submit"
                disabled={!refusal.trim()}
                isBusy={answer.isPending}
              >
                {texts.decisions.planAnew}
              </Button>
            )}
            <Button
              size="small"
              variant="danger"
              {...(isPlan ? { onClick: () => give(false, refusal) } : { type: 'submit' })}
              isBusy={answer.isPending}
            >
              {isPlan ? texts.decisions.stop : words.no}
            </Button>
            <Button size="small" variant="ghost" onClick={() => setRefusal(null)}>
              {texts.decisions.back}
            </Button>
          </div>
        </form>
      )}
      {remember !== 'once' && (
        <Rules
          rules={rules}
          isForBoard={remember === 'always'}
          pattern={pattern ?? only?.pattern ?? null}
          onPattern={only ? setPattern : null}
        />
      )}
    </article>
  )
}

function keyAct(key: string, canRemember: boolean): 'yes' | 'no' | Remember | null {
  const by: Readonly<Record<string, 'yes' | 'no' | Remember>> = {
    a: 'yes',
    d: 'no',
    ...(canRemember && { 1: 'once', 2: 'execution', 3: 'always' }),
  }
  return by[key.toLowerCase()] ?? null
}

function Detail({ approval: { kind, detail, paths, tool_kind } }: { approval: ApprovalItem }) {
  if (kind === 'plan') return <AgentText text={detail} />
  return (
    <>
      {detail && detail !== paths.join('\n') && (
        <section
          className={styles.detail}
          aria-label={tool_kind === 'execute' ? texts.decisions.command : texts.decisions.detail}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a long one scrolls, by keyboard too
          tabIndex={0}
        >
          {detail}
        </section>
      )}
      {paths.length > 0 && (
        <ul className={styles.paths} aria-label={texts.decisions.paths}>
          {paths.map((path) => (
            <li key={path}>{path}</li>
          ))}
        </ul>
      )}
    </>
  )
}

interface RulesProps {
  rules: ApprovalItem['proposed_rules']
  isForBoard: boolean
  pattern: string | null
  /** Null: several rules are left, as they are. */
  onPattern: ((pattern: string) => void) | null
}

/** What a remembered answer leaves behind; listed and taken back in the board's settings. */
function Rules({ rules, isForBoard, pattern, onPattern }: RulesProps) {
  const where = isForBoard ? texts.decisions.agentsBoardNotAsked : texts.decisions.runNotAskedAgain
  return (
    <div className={styles.rules}>
      <p>{where}:</p>
      {onPattern && pattern !== null ? (
        <TextInput
          isMono
          aria-label={texts.decisions.patternRule}
          maxLength={1000}
          value={pattern}
          onChange={(event) => onPattern(event.target.value)}
        />
      ) : (
        <ul className={styles.paths}>
          {rules.map((rule) => (
            <li key={`${rule.target} ${rule.pattern}`}>{rule.pattern}</li>
          ))}
        </ul>
      )}
    </div>
  )
}
