import { useMutation } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import type { Board, BoardSettings } from '#shared/board.ts'
import { DEFAULT_CLARITY_THRESHOLD } from '#shared/clarification.ts'
import { errorText } from '../../lib/error-text.ts'
import { texts } from '../../lib/texts/texts.ts'
import { api } from '../../lib/trpc.ts'
import { Field, TextInput } from '../../ui/field.tsx'
import { Callout } from '../../ui/notice.tsx'
import { isTooLong } from '../../ui/too-long.tsx'
import styles from './board-settings.module.css'
import { PermissionPart } from './permission-part.tsx'
import { PolicyRules } from './policy-rules.tsx'

interface AgentsPartProps {
  board: Board
  /** Limits of money, from the feature that knows them. */
  budgets: ReactNode
  onSaved: (board: Board) => void
}

const LONGEST_MODEL = 100

const PHASES = [
  { key: 'clarity', label: texts.boardSettings.clarityCheck },
  { key: 'architecture', label: texts.boardSettings.plan },
  { key: 'development', label: texts.boardSettings.development },
  { key: 'review', label: texts.boardSettings.review },
  { key: 'fix', label: texts.boardSettings.fix },
] as const

/** What agents of a board may do, what they ask, and what they may cost. Each choice is kept at once. */
export function AgentsPart({ board, budgets, onSaved }: AgentsPartProps) {
  // What was chosen is shown at once, and taken back when it is refused.
  const [settings, setSettings] = useState(board.settings)
  const save = useMutation({
    scope: { id: `board-settings ${board.id}` }, // one after the other: the last choice counts
    mutationFn: (next: BoardSettings) => api.boards.update.mutate({ id: board.id, settings: next }),
    onSuccess: onSaved,
    onError: () => setSettings(board.settings),
  })
  const set = (values: Partial<BoardSettings>) => {
    const entries = Object.entries({ ...settings, ...values }).filter(([, value]) => value !== undefined)
    const next: BoardSettings = Object.fromEntries(entries)
    setSettings(next)
    save.mutate(next)
  }
  const asksFirst = settings.clarity !== false
  return (
    <div className={styles.part}>
      {save.error && (
        <Callout tone="bad" role="alert" title={texts.boardSettings.agentsNotSaved}>
          {errorText(save.error)}
        </Callout>
      )}
      <PermissionPart
        mode={settings.permission_mode}
        onChange={(permission_mode) => set({ permission_mode })}
      />
      <fieldset className={styles.choices}>
        <legend>{texts.boardSettings.beforeAndBetweenSteps}</legend>
        <Check
          label={texts.boardSettings.askFirstWhetherCard}
          isOn={asksFirst}
          onChange={(clarity) => set({ clarity })}
        />
        {asksFirst && (
          <Amount
            label={texts.boardSettings.clearEnough}
            hint={texts.boardSettings.clearEnoughHint}
            value={settings.clarity_threshold ?? null}
            fallback={DEFAULT_CLARITY_THRESHOLD}
            least={0}
            most={100}
            onSet={(value) => set({ clarity_threshold: value ?? undefined })}
          />
        )}
        <Check
          label={texts.boardSettings.planWaitsForMyApproval}
          isOn={settings.approve_plan === true}
          onChange={(approve_plan) => set({ approve_plan })}
        />
        <Check
          label={texts.boardSettings.refuseRunCommandsWhere}
          isOn={settings.sandbox_required === true}
          onChange={(sandbox_required) => set({ sandbox_required })}
        />
        <Amount
          label={texts.boardSettings.runsBoardAtSameTime}
          hint={texts.boardSettings.emptyAsMany}
          value={settings.most_executions ?? null}
          fallback={null}
          least={1}
          most={50}
          onSet={(value) => set({ most_executions: value ?? undefined })}
        />
      </fieldset>
      <fieldset className={styles.choices}>
        <legend>{texts.boardSettings.modelOwnForPhase}</legend>
        <div className={styles.models}>
          {PHASES.map(({ key, label }) => (
            <Model
              key={`${key} ${settings.models?.[key] ?? ''}`}
              label={label}
              value={settings.models?.[key] ?? ''}
              onSet={(model) => {
                const { [key]: _, ...others } = settings.models ?? {}
                set({ models: model === '' ? others : { ...others, [key]: model } })
              }}
            />
          ))}
        </div>
      </fieldset>
      <PolicyRules boardId={board.id} />
      {budgets}
    </div>
  )
}

function Check({
  label,
  isOn,
  onChange,
}: {
  label: string
  isOn: boolean
  onChange: (isOn: boolean) => void
}) {
  return (
    <label className={styles.choice}>
      <input type="checkbox" checked={isOn} onChange={(event) => onChange(event.target.checked)} />
      <span>{label}</span>
    </label>
  )
}

interface AmountProps {
  label: string
  hint: string
  value: number | null
  /** What holds while nothing is set. */
  fallback: number | null
  least: number
  most: number
  onSet: (value: number | null) => void
}

/** A whole number within bounds, kept when the field is left. */
function Amount({ label, hint, value, fallback, least, most, onSet }: AmountProps) {
  const [draft, setDraft] = useState<string | null>(null)
  const text = draft ?? (value === null ? '' : String(value))
  const amount = text.trim() === '' ? null : Number(text)
  const isWrong = amount !== null && !(Number.isInteger(amount) && amount >= least && amount <= most)
  const keep = () => {
    if (isWrong) return
    setDraft(null)
    if (amount !== value) onSet(amount)
  }
  return (
    <Field label={label} hint={hint} error={isWrong ? texts.boardSettings.wholeNumber(least, most) : null}>
      {(attributes) => (
        <TextInput
          {...attributes}
          className={styles.amount}
          inputMode="numeric"
          placeholder={fallback === null ? texts.boardSettings.noLimit : String(fallback)}
          value={text}
          onChange={(event) => setDraft(event.target.value)}
          onBlur={keep}
          onKeyDown={(event) => {
            if (event.key === 'Enter') keep()
          }}
        />
      )}
    </Field>
  )
}

function Model({ label, value, onSet }: { label: string; value: string; onSet: (model: string) => void }) {
  const [text, setText] = useState(value)
  const keep = () => {
    if (text.trim() !== value && !isTooLong(text, LONGEST_MODEL)) onSet(text.trim())
  }
  return (
    <Field label={label}>
      {(attributes) => (
        <TextInput
          {...attributes}
          isMono
          limit={LONGEST_MODEL}
          placeholder={texts.boardSettings.asBoard}
          value={text}
          onChange={(event) => setText(event.target.value)}
          onBlur={keep}
          onKeyDown={(event) => {
            if (event.key === 'Enter') keep()
          }}
        />
      )}
    </Field>
  )
}
