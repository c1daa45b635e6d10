import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { BoardId, ProjectId } from '#shared/ids.ts'
import { errorFacts, errorText } from '../../lib/error-text.ts'
import { keys } from '../../lib/query-keys.ts'
import { texts } from '../../lib/texts/texts.ts'
import { api } from '../../lib/trpc.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Field, TextInput } from '../../ui/field.tsx'
import { Callout } from '../../ui/notice.tsx'
import { Select } from '../../ui/select.tsx'
import { isTooLong } from '../../ui/too-long.tsx'
import { TemplateChoice } from './template-choice.tsx'

interface NewBoardDialogProps {
  onClose: () => void
  onCreated: (id: BoardId) => void
}

const LONGEST = 255

/** A further board: of a project that is known already, or of none. */
export function NewBoardDialog({ onClose, onCreated }: NewBoardDialogProps) {
  const cache = useQueryClient()
  const projects = useQuery({ queryKey: keys.projects, queryFn: () => api.projects.list.query() })
  const [name, setName] = useState('')
  const [projectId, setProjectId] = useState<ProjectId | 'none'>('none')
  const [templateId, setTemplateId] = useState<string | null>(null)
  const templates = useQuery({
    queryKey: keys.templates(null),
    queryFn: () => api.templates.list.query({}),
  })
  const boardTemplates = (templates.data ?? []).flatMap((one) => (one.kind === 'board' ? [one] : []))
  const template = boardTemplates.find(({ id }) => id === templateId) ?? boardTemplates[0]
  const create = useMutation({
    mutationFn: () => {
      const board = { name: name.trim(), project_id: projectId === 'none' ? null : projectId }
      return template
        ? api.templates.createBoard.mutate({ ...board, template_id: template.id })
        : api.boards.create.mutate({ ...board, template: 'development' })
    },
    onSuccess: (board) => {
      void cache.invalidateQueries({ queryKey: keys.boards })
      onCreated(board.id)
    },
  })
  const isRefused = name.trim() === '' || isTooLong(name, LONGEST)
  const fieldError = errorFacts(create.error).fields.name?.[0]
  return (
    <Dialog
      title={texts.newBoard.newBoard}
      onClose={onClose}
      onSubmit={() => !isRefused && create.mutate()}
      footer={
        <>
          <Button variant="ghost" onClick={onClose}>
            {texts.newBoard.cancel}
          </Button>
          <Button type="submit" variant="primary" isBusy={create.isPending} disabled={isRefused}>
            {texts.newBoard.createBoard}
          </Button>
        </>
      }
    >
      {create.error && !fieldError && (
        <Callout tone="bad" role="alert">
          {errorText(create.error)}
        </Callout>
      )}
      <Field label={texts.newBoard.name} error={fieldError}>
        {(attributes) => (
          <TextInput
            {...attributes}
            value={name}
            limit={LONGEST}
            placeholder={texts.newBoard.payments}
            autoFocus
            onChange={(event) => setName(event.target.value)}
          />
        )}
      </Field>
      <Field label={texts.newBoard.project} hint={texts.newBoard.agentsWorkOnFiles}>
        {({ id }) => (
          <Select
            id={id}
            label={texts.newBoard.project}
            value={projectId}
            onChange={setProjectId}
            choices={[
              { value: 'none', label: texts.newBoard.noProject },
              ...(projects.data ?? []).map((one) => ({ value: one.id, label: one.name, hint: one.path })),
            ]}
          />
        )}
      </Field>
      {boardTemplates.length > 0 && (
        <TemplateChoice templates={boardTemplates} chosen={template} onChange={setTemplateId} />
      )}
    </Dialog>
  )
}
