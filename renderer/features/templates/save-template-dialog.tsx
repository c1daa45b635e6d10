import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { CreateTemplate } from '#shared/template.ts'
import { errorText } from '../../lib/error-text.ts'
import { texts } from '../../lib/texts/texts.ts'
import { api } from '../../lib/trpc.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Field, TextInput } from '../../ui/field.tsx'
import { Callout } from '../../ui/notice.tsx'
import { showToast } from '../../ui/toast.tsx'
import { isTooLong } from '../../ui/too-long.tsx'
import { noteTemplateSaved } from './note-template.ts'

interface SaveTemplateDialogProps {
  kind: 'card' | 'board'
  /** What it is called unless the person says otherwise. */
  name: string
  /** What is saved under a name. */
  make: (name: string) => Promise<CreateTemplate>
  onClose: () => void
}

const LONGEST = 100

const HINTS = {
  card: texts.templates.textsLabelsPriority,
  board: texts.templates.columnsRulesLabelsSettings,
}

/** Keeps a card or a board as what others begin with. */
export function SaveTemplateDialog({ kind, name: first, make, onClose }: SaveTemplateDialogProps) {
  const cache = useQueryClient()
  const [name, setName] = useState(first.slice(0, LONGEST))
  const save = useMutation({
    mutationFn: async () => api.templates.create.mutate(await make(name.trim())),
    onSuccess: (template) => {
      void cache.invalidateQueries({ queryKey: ['templates'] })
      const action = { label: texts.templates.undo, run: noteTemplateSaved(cache, template) }
      showToast({ tone: 'good', title: texts.templates.templateNow(template.name), action })
      onClose()
    },
  })
  const isRefused = name.trim() === '' || isTooLong(name, LONGEST)
  return (
    <Dialog
      title={texts.templates.saveAsTemplate(kind)}
      width="narrow"
      onClose={onClose}
      onSubmit={() => !isRefused && save.mutate()}
      footer={
        <>
          <Button variant="ghost" onClick={onClose}>
            {texts.templates.cancel}
          </Button>
          <Button type="submit" variant="primary" isBusy={save.isPending} disabled={isRefused}>
            {texts.templates.saveTemplate}
          </Button>
        </>
      }
    >
      {save.error && (
        <Callout tone="bad" role="alert">
          {errorText(save.error)}
        </Callout>
      )}
      <Field label={texts.templates.nameTemplate} hint={HINTS[kind]}>
        {(attributes) => (
          <TextInput
            {...attributes}
            value={name}
            limit={LONGEST}
            autoFocus
            onChange={(event) => setName(event.target.value)}
          />
        )}
      </Field>
    </Dialog>
  )
}
