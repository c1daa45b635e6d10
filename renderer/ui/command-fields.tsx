import { LONGEST_COMMAND, type ProjectCommands } from '#shared/project.ts'
import { texts } from '../lib/texts/texts.ts'
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
    label: texts.ui.setUpCommand,
    hint: texts.ui.preparesNewCopyProject,
    example: texts.ui.npmCi,
  },
  {
    name: 'lint_command',
    label: texts.ui.lintCommand,
    hint: texts.ui.runAfterEachDevelopment,
    example: texts.ui.npmRunLint,
  },
  {
    name: 'check_command',
    label: texts.ui.checkCommand,
    hint: texts.ui.tellsWhetherProjectSound,
    example: texts.ui.npmTest,
  },
  {
    name: 'run_command',
    label: texts.ui.runCommand,
    hint: texts.ui.startsProject,
    example: texts.ui.npmRunDev,
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
        error={lengthError(values[name])}
        hint={
          found !== null && found !== values[name] ? (
            <>
              {hint}{' '}
              <button
                type="button"
                className={styles.use}
                aria-label={texts.ui.takeFound(label, found)}
                onClick={use}
              >
                {texts.ui.foundInProject(found)}
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
            value={values[name]}
            placeholder={example}
            onChange={(event) => onChange({ ...values, [name]: event.target.value })}
          />
        )}
      </Field>
    )
  })
}

/** Whether one is too long to be stored. It stays whole: the rest of a command may do something else. */
export function hasTooLong(values: CommandTexts): boolean {
  return FIELDS.some(({ name }) => lengthError(values[name]) !== null)
}

function lengthError(text: string): string | null {
  const excess = text.trim().length - LONGEST_COMMAND
  return excess > 0 ? texts.ui.tooLong(excess, LONGEST_COMMAND) : null
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
