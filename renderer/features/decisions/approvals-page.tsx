import { CircleCheck, ShieldQuestionMark } from 'lucide-react'
import { type FocusEvent, type KeyboardEvent, type RefObject, useEffect, useRef, useState } from 'react'
import type { ApprovalItem } from '#shared/approval.ts'
import { formatAgo } from '../../lib/format.ts'
import { navigate, routeHash } from '../../lib/route.ts'
import { texts } from '../../lib/texts/texts.ts'
import { useNow } from '../../lib/use-now.ts'
import { Badge } from '../../ui/badge.tsx'
import { EmptyState, ErrorState } from '../../ui/notice.tsx'
import { PageFrame, PageHead } from '../../ui/page-frame.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { ApprovalCard } from './approval-card.tsx'
import styles from './decisions.module.css'
import { useApprovals } from './use-approvals.ts'

/** Every open question of all agents, and the answers of before. */
export function ApprovalsPage() {
  const [which, setWhich] = useState<'open' | 'answered'>('open')
  const { data, error, refetch } = useApprovals({ answered: which === 'answered' })
  const isArriving = useRef(true)
  useEffect(() => {
    if (data) isArriving.current = false
  }, [data])
  return (
    <PageFrame label={texts.decisions.approvals} width={860}>
      <PageHead title={texts.decisions.approvals}>
        <Segmented
          label={texts.decisions.which}
          value={which}
          choices={[
            { value: 'open', label: texts.decisions.open },
            { value: 'answered', label: texts.decisions.answered },
          ]}
          onChange={setWhich}
        />
      </PageHead>
      {error && !data ? (
        <ErrorState
          title={texts.decisions.questionsCouldNotRead}
          error={error}
          onRetry={() => void refetch()}
        />
      ) : !data ? (
        <div role="status" aria-label={texts.decisions.loadingQuestions}>
          <Skeleton height="120px" />
        </div>
      ) : which === 'open' ? (
        <OpenOnes all={data} isArriving={isArriving} />
      ) : (
        <AnsweredOnes all={data} />
      )}
    </PageFrame>
  )
}

interface OpenOnesProps {
  all: readonly ApprovalItem[]
  /** The page has just been opened. */
  isArriving: RefObject<boolean>
}

function OpenOnes({ all, isArriving }: OpenOnesProps) {
  const now = useNow(1_000, all.length > 0)
  const list = useRef<HTMLDivElement>(null)
  const noteFocus = useFocusOfNext(list, all)
  useFocusOnArrival(list, isArriving)
  if (all.length === 0) {
    return (
      <EmptyState icon={<CircleCheck />} title={texts.decisions.nobodyWaits}>
        {texts.decisions.whenAgentWantsDo}
      </EmptyState>
    )
  }
  const hasPlan = all.some(({ kind }) => kind === 'plan')
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys go from question to question
    <div
      ref={list}
      className={styles.list}
      onFocus={noteFocus}
      onKeyDown={(event) => stepByKey(event, list.current, all)}
    >
      <p className={styles.keys} role="status">
        {texts.decisions.questions(all.length)}. <kbd>{texts.decisions.j}</kbd> <kbd>{texts.decisions.k}</kbd>{' '}
        {texts.decisions.nextAndBefore} <kbd>{texts.decisions.a}</kbd> {texts.decisions.allowKey}{' '}
        <kbd>{texts.decisions.d}</kbd>{' '}
        {hasPlan ? (
          <>
            {texts.decisions.refuseOrPlanKey} <kbd>{texts.decisions.s}</kbd> {texts.decisions.stopKey}
          </>
        ) : (
          texts.decisions.refuseKey
        )}{' '}
        <kbd>1</kbd> <kbd>2</kbd> <kbd>3</kbd> {texts.decisions.forHowLongKey}{' '}
        <kbd>{texts.decisions.enter}</kbd> {texts.decisions.card}
      </p>
      {all.map((approval) => (
        <ApprovalCard key={approval.id} approval={approval} now={now} />
      ))}
    </div>
  )
}

/**
 * Who comes by keys is at the first question at once, and need not go through the side bar. Not one that comes while the
 * page is open: a key that was meant for something else would answer it.
 */
function useFocusOnArrival(list: RefObject<HTMLElement | null>, isArriving: RefObject<boolean>): void {
  useEffect(() => {
    if (isArriving.current && document.activeElement === document.body) cardsIn(list.current)[0]?.focus()
  }, [list, isArriving])
}

/** When the question that has the focus is answered and gone, the one in its place takes it. */
function useFocusOfNext(list: RefObject<HTMLElement | null>, all: readonly ApprovalItem[]) {
  const last = useRef<{ id: string; at: number } | null>(null)
  useEffect(() => {
    const before = last.current
    if (!before || document.activeElement !== document.body || all.some(({ id }) => id === before.id)) return
    cardsIn(list.current)[Math.min(before.at, all.length - 1)]?.focus()
  }, [list, all])
  return ({ target }: FocusEvent) => {
    const cards = cardsIn(list.current)
    const at = cards.findIndex((card) => card.contains(target))
    last.current = at < 0 ? null : { id: cards[at]?.dataset.approval ?? '', at }
  }
}

function cardsIn(list: HTMLElement | null): HTMLElement[] {
  return [...(list?.querySelectorAll<HTMLElement>('[data-approval]') ?? [])]
}

function stepByKey(event: KeyboardEvent, list: HTMLElement | null, all: readonly ApprovalItem[]): void {
  if (!(event.target instanceof HTMLElement) || event.target.closest('input, textarea, button, a')) return
  const cards = cardsIn(list)
  const at = cards.findIndex((card) => card.contains(event.target as Node))
  const step = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 }[event.key]
  if (step !== undefined) {
    event.preventDefault()
    event.stopPropagation()
    cards[Math.max(0, Math.min(cards.length - 1, at + step))]?.focus()
  }
  const approval = all[at]
  if (event.key !== 'Enter' || !approval) return
  event.preventDefault()
  navigate({ page: 'board', boardId: approval.board_id, taskId: approval.task_id })
}

function AnsweredOnes({ all }: { all: readonly ApprovalItem[] }) {
  const now = useNow(60_000, all.length > 0)
  if (all.length === 0) {
    return (
      <EmptyState icon={<ShieldQuestionMark />} title={texts.decisions.noQuestionAnsweredYet}>
        {texts.decisions.whatYouAllow}
      </EmptyState>
    )
  }
  return (
    <ul className={styles.answered} aria-label={texts.decisions.answeredQuestions}>
      {all.map((one) => (
        <li key={one.id} className={styles.row}>
          <Badge>{STATUS[one.status]}</Badge>
          <span className={styles.words}>
            <span className={styles.rowTitle}>{one.title}</span>
            <span className={styles.facts}>
              {one.answered_by ?? texts.decisions.nobody}, {formatAgo(one.answered_at ?? one.created_at, now)}
              {one.message && ` · ${texts.format.quoted(one.message)}`}
              {' · '}
              <a href={routeHash({ page: 'board', boardId: one.board_id, taskId: one.task_id })}>
                {one.task_key}
              </a>
            </span>
          </span>
        </li>
      ))}
    </ul>
  )
}

const STATUS: Readonly<Record<ApprovalItem['status'], string>> = {
  pending: texts.decisions.open,
  approved: texts.decisions.allowed,
  denied: texts.decisions.refused,
  withdrawn: texts.decisions.withdrawn,
}
