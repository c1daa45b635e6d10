import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { BoardId, ProjectId } from '#shared/ids.ts'
import { errorFacts, errorText } from '../../lib/error-text.ts'
import { keys } from '../../lib/query-keys.ts'
import { api } from '../../lib/trpc.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Field, TextInput } from '../../ui/field.tsx'
import { Callout } from '../../ui/notice.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { Select } from '../../ui/select.tsx'

interface NewBoardDialogProps {
  onClose: () => void
  onCreated: (id: BoardId) => void
}

/** A further board: of a project that is known already, or of none. */
export function NewBoardDialog({ onClose, onCreated }: NewBoardDialogProps) {
  const cache = useQueryClient()
  const projects = useQuery({ queryKey: keys.projects, queryFn: () => api.projects.list.query() })
  const [name, setName] = useState('')
  const [projectId, setProjectId] = useState<ProjectId | 'none'>('none')
  const [template, setTemplate] = useState<'development' | 'empty'>('development')
  const create = useMutation({
    mutationFn: () =>
      api.boards.create.mutate({
        name: name.trim(),
        project_id: projectId === 'none' ? null : projectId,
        template,
      }),
    onSuccess: (board) => {
      void cache.invalidateQueries({ queryKey: keys.boards })
      onCreated(board.id)
    },
  })
  const fieldError = errorFacts(create.error).fields.name?.[0]
  return (
    <Dialog
      title="New board"
      onClose={onClose}
      onSubmit={() => name.trim() !== '' && create.mutate()}
      footer={
        <>
          <Button variant="ghost" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" variant="primary" isBusy={create.isPending} disabled={name.trim() === ''}>
            Create board
          </Button>
        </>
      }
    >
      {create.error && !fieldError && <Callout tone="bad">{errorText(create.error)}</Callout>}
      <Field label="Name" error={fieldError}>
        {(attributes) => (
          <TextInput
            {...attributes}
            value={name}
            maxLength={255}
            placeholder="Payments"
            autoFocus
            onChange={(event) => setName(event.target.value)}
          />
        )}
      </Field>
      <Field
        label="Project"
        hint="Agents work on the files of a project. A board without one is a plain board."
      >
        {({ id }) => (
          <Select
            id={id}
            label="Project"
            value={projectId}
            onChange={setProjectId}
            choices={[
              { value: 'none', label: 'No project' },
              ...(projects.data ?? []).map((one) => ({ value: one.id, label: one.name, hint: one.path })),
            ]}
          />
        )}
      </Field>
      <Field
        label="Columns"
        hint={
          template === 'development'
            ? 'Backlog, In progress (starts agents), Review, Done.'
            : 'Add your own once the board is open.'
        }
      >
        {() => (
          <div>
            <Segmented
              label="Columns"
              value={template}
              onChange={setTemplate}
              choices={[
                { value: 'development', label: 'Development' },
                { value: 'empty', label: 'Empty' },
              ]}
            />
          </div>
        )}
      </Field>
    </Dialog>
  )
}
