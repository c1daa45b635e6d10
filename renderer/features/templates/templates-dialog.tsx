import { Pencil, Trash2 } from 'lucide-react'
import { useState } from 'react'
import type { Template } from '#shared/template.ts'
import { texts } from '../../lib/texts/texts.ts'
import { IconButton } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { EditableText } from '../../ui/editable-text.tsx'
import { EmptyState, ErrorState } from '../../ui/notice.tsx'
import styles from './templates-dialog.module.css'
import { useTemplates } from './use-templates.ts'

/** The templates that people made: renamed and deleted here. */
export function TemplatesDialog({ onClose }: { onClose: () => void }) {
  const { own, query, rename, remove } = useTemplates()
  return (
    <Dialog title={texts.templates.templates} description={texts.templates.whatNewBoards} onClose={onClose}>
      {query.error && !query.data && (
        <ErrorState
          title={texts.templates.templatesCouldNotRead}
          error={query.error}
          onRetry={() => void query.refetch()}
        />
      )}
      {query.data && own.length === 0 && (
        <EmptyState title={texts.templates.noTemplatesYourOwnYet}>
          {texts.templates.saveBoardAsTemplate}
        </EmptyState>
      )}
      <ul className={styles.list} aria-label={texts.templates.templates}>
        {own.map((one) => (
          <TemplateRow
            key={one.id}
            template={one}
            onRename={(name) => rename.mutate({ template: one, name })}
            onDelete={() => remove.mutate(one)}
          />
        ))}
      </ul>
    </Dialog>
  )
}

interface TemplateRowProps {
  template: Template
  onRename: (name: string) => void
  onDelete: () => void
}

function TemplateRow({ template, onRename, onDelete }: TemplateRowProps) {
  const [isRenaming, setRenaming] = useState(false)
  const { name } = template
  return (
    <li className={styles.row}>
      <span className={styles.words}>
        {isRenaming ? (
          <EditableText
            label={texts.templates.nameTemplate}
            value={name}
            maxLength={100}
            onSave={onRename}
            onDone={() => setRenaming(false)}
          />
        ) : (
          <span className={styles.name}>{name}</span>
        )}
        <span className={styles.facts}>{factsOf(template)}</span>
      </span>
      <IconButton label={texts.templates.rename(name)} onClick={() => setRenaming(true)}>
        <Pencil />
      </IconButton>
      <IconButton label={texts.templates.delete(name)} onClick={onDelete}>
        <Trash2 />
      </IconButton>
    </li>
  )
}

function factsOf(template: Template): string {
  if (template.kind === 'card') return texts.templates.card(template.content.title)
  return texts.templates.boardWithColumn(template.content.columns.length)
}
