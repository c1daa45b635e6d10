import type { ProjectCommands } from '#shared/project.ts'
import styles from './command-fields.module.css'
import { Field, TextInput } from './field.tsx'

type Name = keyof ProjectCommands
/** What is being typed; empty: none. */
export type CommandTexts = Record<Name, string>

interface CommandFieldsProps {
  values: CommandTexts
  onChange: (values: CommandTexts) => void
  /** Found in the project's own files. */
  proposed?: ProjectCommands | undefined
}

const FIELDS: readonly { name: Name; label: string; hint: string; example: string }[] = [
  {
    name: 'setup_command',
    label: 'Set-up command',
    hint: 'Prepares a new copy of the project once, before agents change anything in it.',
    example: 'npm ci',
  },
  {
    name: 'lint_command',
    label: 'Lint command',
    hint: 'Run after each development and fix; what it finds goes to the next round.',
    example: 'npm run lint',
  },
  {
    name: 'check_command',
    label: 'Check command',
    hint: 'Tells whether the project is sound. Run by agents, and by the app after each development and fix; in their own copy, never in your folder.',
    example: 'npm test',
  },
  {
    name: 'run_command',
    label: 'Run command',
    hint: 'Starts the project, for you to try a result.',
    example: 'npm run dev',
  },
]

/** The four commands of a project, with those that were found in it. */
export function CommandFields({ values, onChange, proposed }: CommandFieldsProps) {
  return FIELDS.map(({ name, label, hint, example }) => {
    const found = proposed?.[name] ?? null
    const use = () => onChange({ ...values, [name]: found ?? '' })
    return (
      <Field
        key={name}
        label={label}
        hint={
          found !== null && found !== values[name] ? (
            <>
              {hint}{' '}
              <button
                type="button"
                className={styles.use}
                aria-label={`${label}: use ${found}`}
                onClick={use}
              >
                Use “{found}”, found in the project
              </button>
            </>
          ) : (
            hint
          )
        }
      >
        {(attributes) => (
          <TextInput
            {...attributes}
            isMono
            maxLength={1000}
            value={values[name]}
            placeholder={example}
            onChange={(event) => onChange({ ...values, [name]: event.target.value })}
          />
        )}
      </Field>
    )
  })
}

/** As they are in a form. */
export function commandTexts(commands: ProjectCommands | null | undefined): CommandTexts {
  return {
    setup_command: commands?.setup_command ?? '',
    lint_command: commands?.lint_command ?? '',
    check_command: commands?.check_command ?? '',
    run_command: commands?.run_command ?? '',
  }
}

/** Those that differ from what is stored, ready to be stored; null: nothing does. */
export function changedCommands(
  texts: CommandTexts,
  stored: ProjectCommands | null,
): Partial<ProjectCommands> | null {
  const changed = FIELDS.flatMap(({ name }) => {
    const value = texts[name].trim() === '' ? null : texts[name].trim()
    return value === (stored?.[name] ?? null) ? [] : [[name, value] as const]
  })
  return changed.length === 0 ? null : Object.fromEntries(changed)
}
