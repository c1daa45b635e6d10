import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Plus, Trash2 } from 'lucide-react'
import { useState } from 'react'
import type { BoardId } from '#shared/ids.ts'
import type { CreatePolicyRule, PolicyRule, RuleEffect, RuleTarget } from '#shared/policy.ts'
import { formatMoment } from '../../lib/format.ts'
import { keys } from '../../lib/query-keys.ts'
import { texts } from '../../lib/texts/texts.ts'
import { api } from '../../lib/trpc.ts'
import { callStep } from '../../lib/undo/call-step.ts'
import { currentPlace } from '../../lib/undo/current-place.ts'
import { recordStep } from '../../lib/undo/undo-store.ts'
import { useAction } from '../../lib/use-action.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button, IconButton } from '../../ui/button.tsx'
import { TextInput } from '../../ui/field.tsx'
import { ErrorState } from '../../ui/notice.tsx'
import { Select } from '../../ui/select.tsx'
import styles from './board-settings.module.css'

const EFFECTS: readonly { value: RuleEffect; label: string }[] = [
  { value: 'allow', label: texts.boardSettings.allow },
  { value: 'deny', label: texts.boardSettings.refuse },
]
const TARGETS: readonly { value: RuleTarget; label: string; hint: string }[] = [
  { value: 'command', label: texts.boardSettings.command, hint: texts.boardSettings.npmTest },
  { value: 'path', label: texts.boardSettings.path, hint: 'src/**' },
  { value: 'tool', label: texts.boardSettings.tool, hint: texts.boardSettings.nameTool },
]

/** What agents of a board may and may not do without asking; a refusal outweighs every permission. */
export function PolicyRules({ boardId }: { boardId: BoardId }) {
  const cache = useQueryClient()
  const rules = useQuery({
    queryKey: keys.policies(boardId),
    queryFn: () => api.policies.list.query({ board_id: boardId }),
    staleTime: 0,
  })
  const [taken, setTaken] = useState<{ rule: PolicyRule; undo: () => void } | null>(null)
  const refresh = () => cache.invalidateQueries({ queryKey: keys.policies(boardId) })
  const create = useAction((rule: CreatePolicyRule) => api.policies.create.mutate(rule), {
    failed: texts.boardSettings.ruleNotMade,
    onSuccess: () => void refresh(),
  })
  const remove = useAction((rule: PolicyRule) => api.policies.remove.mutate({ id: rule.id }), {
    failed: texts.boardSettings.ruleNotTakenBack,
    onSuccess: (rule) => {
      void refresh()
      const run = recordStep(
        currentPlace(),
        texts.boardSettings.tookBackRule(rule.pattern),
        wayBack(rule, refresh),
      )
      setTaken({ rule, undo: run }) // here, not in a toast: this is shown in a dialog, which lies over those
    },
  })
  return (
    <section className={styles.policy} aria-label={texts.boardSettings.rulesWhatAgentsMayDo}>
      <h3 className={styles.policyTitle}>{texts.boardSettings.policyRules}</h3>
      <p className={styles.choiceHint}>
        {texts.boardSettings.whatYouAnswered} <code>*</code> {texts.boardSettings.standsForAnythingWithin}{' '}
        <code>**</code> {texts.boardSettings.forAnything} {texts.boardSettings.refusedPathHolds}
      </p>
      {rules.error && !rules.data && (
        <ErrorState
          title={texts.boardSettings.rulesCouldNotRead}
          error={rules.error}
          onRetry={() => void rules.refetch()}
        />
      )}
      {rules.data && rules.data.length > 0 && (
        <ul className={styles.policyList} aria-label={texts.boardSettings.policyRules}>
          {rules.data.map((rule) => (
            <li key={rule.id} className={styles.policyRow}>
              <Badge>
                {rule.effect === 'allow' ? texts.boardSettings.allow : texts.boardSettings.refuse}
              </Badge>
              <span className={styles.policyWords}>
                <code className={styles.pattern}>{rule.pattern}</code>
                <span className={styles.choiceHint}>
                  {TARGETS.find(({ value }) => value === rule.target)?.label}, {rule.author_name},{' '}
                  {formatMoment(rule.created_at)}
                  {rule.source === 'answer' && texts.boardSettings.fromAnswer}
                  {rule.execution_id && texts.boardSettings.forOneRunOnly}
                </span>
              </span>
              <IconButton
                size="small"
                label={texts.boardSettings.takeBack(rule.pattern)}
                onClick={() => remove.mutate(rule)}
              >
                <Trash2 />
              </IconButton>
            </li>
          ))}
        </ul>
      )}
      {taken && (
        <p className={styles.taken} role="status">
          <span>
            {texts.boardSettings.takenBack} <code className={styles.pattern}>{taken.rule.pattern}</code>
            {texts.boardSettings.agentsAskAgain}
          </span>
          <Button
            size="small"
            onClick={() => {
              taken.undo()
              setTaken(null)
            }}
          >
            {texts.boardSettings.undo}
          </Button>
        </p>
      )}
      <NewRule
        isBusy={create.isPending}
        onCreate={(rule) => create.mutateAsync({ board_id: boardId, ...rule })}
      />
    </section>
  )
}

function wayBack(rule: PolicyRule, refresh: () => Promise<unknown>) {
  const { board_id, effect, target, pattern } = rule
  let id = rule.id
  return callStep(
    async () => {
      id = (await api.policies.create.mutate({ board_id, effect, target, pattern })).id
      await refresh()
    },
    async () => {
      await api.policies.remove.mutate({ id })
      await refresh()
    },
  )
}

interface NewRuleProps {
  isBusy: boolean
  onCreate: (rule: Omit<CreatePolicyRule, 'board_id'>) => Promise<unknown>
}

function NewRule({ isBusy, onCreate }: NewRuleProps) {
  const [effect, setEffect] = useState<RuleEffect>('allow')
  const [target, setTarget] = useState<RuleTarget>('command')
  const [pattern, setPattern] = useState('')
  const submit = () => {
    if (pattern.trim() === '') return
    void onCreate({ effect, target, pattern: pattern.trim() }).then(
      () => setPattern(''),
      () => {}, // said by a toast; what was written stays
    )
  }
  return (
    <form
      className={styles.newRule}
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
    >
      <Select label={texts.boardSettings.effect} value={effect} choices={EFFECTS} onChange={setEffect} />
      <Select label={texts.boardSettings.what} value={target} choices={TARGETS} onChange={setTarget} />
      <TextInput
        isMono
        aria-label={texts.boardSettings.patternNewRule}
        placeholder={TARGETS.find(({ value }) => value === target)?.hint}
        value={pattern}
        onChange={(event) => setPattern(event.target.value)}
      />
      <Button type="submit" icon={<Plus />} disabled={pattern.trim() === ''} isBusy={isBusy}>
        {texts.boardSettings.add}
      </Button>
    </form>
  )
}
