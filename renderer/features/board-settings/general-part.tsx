import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { type Board, type BoardSettings, DEFAULT_MAX_ITERATIONS } from '#shared/board.ts'
import type { Project } from '#shared/project.ts'
import type { ProviderId, ProviderStatus } from '#shared/provider.ts'
import { errorText } from '../../lib/error-text.ts'
import { keys } from '../../lib/query-keys.ts'
import { texts } from '../../lib/texts/texts.ts'
import { api } from '../../lib/trpc.ts'
import { Button } from '../../ui/button.tsx'
import {
  CommandFields,
  type CommandTexts,
  changedCommands,
  commandTexts,
  hasTooLong,
} from '../../ui/command-fields.tsx'
import { Field, TextInput } from '../../ui/field.tsx'
import { Callout } from '../../ui/notice.tsx'
import { Select } from '../../ui/select.tsx'
import { isTooLong } from '../../ui/too-long.tsx'
import styles from './board-settings.module.css'

interface GeneralPartProps {
  board: Board
  project: Project | null
  providers: readonly ProviderStatus[]
  onSaved: (board: Board, project: Project | null) => void
  onClose: () => void
}

const LONGEST_NAME = 255
const LONGEST_MODEL = 100

const ROUNDS = Array.from({ length: 10 }, (_, index) => String(index + 1))

/** How agents work on this board, and how its project is checked. */
export function GeneralPart({ board, project, providers, onSaved, onClose }: GeneralPartProps) {
  const save = useSave(board, project, (...saved) => {
    onSaved(...saved)
    onClose()
  })
  const [name, setName] = useState(board.name)
  const [provider, setProvider] = useState<ProviderId | 'default'>(board.settings.provider ?? 'default')
  const [rounds, setRounds] = useState(String(board.settings.max_iterations ?? DEFAULT_MAX_ITERATIONS))
  const [model, setModel] = useState(board.settings.model ?? '')
  const [commands, setCommands] = useState(() => commandTexts(project))
  const proposed = useProposed(project)

  const nameError = name.trim() === '' ? texts.boardSettings.boardNeedsName : null
  const isRefused =
    nameError !== null ||
    isTooLong(name, LONGEST_NAME) ||
    isTooLong(model, LONGEST_MODEL) ||
    hasTooLong(commands)
  const submit = () => {
    if (isRefused) return
    const { provider: _provider, model: _model, ...others } = board.settings
    const settings: BoardSettings = {
      ...others,
      ...(provider !== 'default' && { provider }),
      max_iterations: Number(rounds),
      ...(model.trim() !== '' && { model: model.trim() }),
    }
    void save.run({ name: name.trim(), settings, commands })
  }

  return (
    <form
      className={styles.part}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
    >
      {save.error !== null && (
        <Callout tone="bad" role="alert">
          {errorText(save.error)}
        </Callout>
      )}
      <Field label={texts.boardSettings.name} error={nameError}>
        {(attributes) => (
          <TextInput
            {...attributes}
            value={name}
            limit={LONGEST_NAME}
            onChange={(event) => setName(event.target.value)}
          />
        )}
      </Field>
      <Field label={texts.boardSettings.agents} hint={texts.boardSettings.whatDoesThinkingOnBoard}>
        {({ id }) => (
          <Select
            id={id}
            label={texts.boardSettings.agents}
            value={provider}
            onChange={setProvider}
            choices={[
              { value: 'default', label: texts.boardSettings.asInSettings },
              ...providers.map((one) => ({ value: one.id, label: one.name, hint: one.message })),
            ]}
          />
        )}
      </Field>
      <Field label={texts.boardSettings.rounds} hint={texts.boardSettings.afterSoManyRounds}>
        {({ id }) => (
          <Select
            id={id}
            label={texts.boardSettings.rounds}
            value={rounds}
            onChange={setRounds}
            choices={ROUNDS.map((value) => ({
              value,
              label: texts.boardSettings.roundCount(Number(value)),
            }))}
          />
        )}
      </Field>
      <Field label={texts.boardSettings.model} hint={texts.boardSettings.nameModelEmpty}>
        {(attributes) => (
          <TextInput
            {...attributes}
            isMono
            limit={LONGEST_MODEL}
            value={model}
            placeholder={texts.boardSettings.default}
            onChange={(event) => setModel(event.target.value)}
          />
        )}
      </Field>
      {project && <CommandFields values={commands} onChange={setCommands} proposed={proposed} />}
      <div className={styles.foot}>
        <Button variant="ghost" onClick={onClose}>
          {texts.boardSettings.cancel}
        </Button>
        <Button type="submit" variant="primary" isBusy={save.isBusy} disabled={isRefused}>
          {texts.boardSettings.save}
        </Button>
      </div>
    </form>
  )
}

/** The commands that the project's own files name; while they are looked for, or cannot be read, none. */
function useProposed(project: Project | null) {
  const found = useQuery({
    queryKey: keys.folder(project?.path ?? ''),
    queryFn: ({ signal }) => api.projects.inspect.query({ path: project?.path ?? '' }, { signal }),
    enabled: project !== null,
    retry: false,
  })
  return found.data?.proposed
}

function useSave(board: Board, project: Project | null, onSaved: GeneralPartProps['onSaved']) {
  const [isBusy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const run = async (values: { name: string; settings: BoardSettings; commands: CommandTexts }) => {
    setBusy(true)
    setError(null)
    try {
      const saved = await api.boards.update.mutate({
        id: board.id,
        name: values.name,
        settings: values.settings,
      })
      const changed = project && changedCommands(values.commands, project)
      onSaved(saved, changed ? await api.projects.update.mutate({ id: project.id, ...changed }) : project)
    } catch (cause) {
      setError(cause)
    } finally {
      setBusy(false)
    }
  }
  return { run, isBusy, error }
}
