import { useQuery } from '@tanstack/react-query'
import type { PermissionDefault, PermissionMode } from '#shared/policy.ts'
import { keys } from '../../lib/query-keys.ts'
import { texts } from '../../lib/texts/texts.ts'
import { api } from '../../lib/trpc.ts'
import styles from './board-settings.module.css'

const MODES: readonly { value: PermissionMode; label: string; hint: string }[] = [
  { value: 'ask', label: texts.boardSettings.ask, hint: texts.boardSettings.theyReadByThemselves },
  { value: 'edits', label: texts.boardSettings.editsAllowed, hint: texts.boardSettings.theyAlsoChangeFiles },
  {
    value: 'trusted',
    label: texts.boardSettings.trustedCommands,
    hint: texts.boardSettings.theyAlsoRunProjects,
  },
  { value: 'full', label: texts.boardSettings.full, hint: texts.boardSettings.everythingWithinTheirCopy },
]

interface PermissionPartProps {
  /** Undefined: the board has none of its own. */
  mode: PermissionMode | undefined
  onChange: (mode: PermissionMode | undefined) => void
}

/** What agents of a board may do without asking; without a choice of its own, what holds is said, and where it is from. */
export function PermissionPart({ mode, onChange }: PermissionPartProps) {
  const { data } = useQuery({
    queryKey: keys.permissionDefault,
    queryFn: () => api.policies.defaultMode.query(),
    staleTime: Number.POSITIVE_INFINITY, // as the app was started
  })
  const choices = [
    {
      value: undefined,
      label: data ? texts.boardSettings.usual(labelOf(data.mode)) : texts.boardSettings.usualUnknown,
      hint: data ? sourceOf(data) : '',
    },
    ...MODES,
  ]
  return (
    <fieldset className={styles.choices}>
      <legend>{texts.boardSettings.whatAgentsDoWithoutAsking}</legend>
      {choices.map(({ value, label, hint }) => (
        <label key={value ?? 'usual'} className={styles.choice}>
          <input
            type="radio"
            name="permission-mode"
            checked={mode === value}
            onChange={() => onChange(value)}
          />
          <span>
            {label}
            <span className={styles.choiceHint}>{hint}</span>
          </span>
        </label>
      ))}
    </fieldset>
  )
}

function labelOf(mode: PermissionMode): string {
  return MODES.find(({ value }) => value === mode)?.label ?? mode
}

function sourceOf({ mode, source }: PermissionDefault): string {
  const from =
    source === 'environment' ? texts.boardSettings.setByEnvironment(mode) : texts.boardSettings.builtIn
  return `${from} ${MODES.find(({ value }) => value === mode)?.hint ?? ''}`.trim()
}
