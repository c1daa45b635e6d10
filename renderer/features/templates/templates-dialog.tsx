import { Pencil, Trash2 } from 'lucide-react'
import { useState } from 'react'
import type { Template } from '#shared/template.ts'
import { plural } from '../../lib/format.ts'
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
    <Dialog
      title="Templates"
      description="What new boards and cards begin with. Those that come with the app stay as they are."
      onClose={onClose}
    >
      {query.error && !query.data && (
        <ErrorState
          title="The templates could not be read"
          error={query.error}
          onRetry={() => void query.refetch()}
        />
      )}
      {query.data && own.length === 0 && (
        <EmptyState title="No templates of your own yet">
          Save a board as a template in its menu, or a card from the palette.
        </EmptyState>
      )}
      <ul className={styles.list} aria-label="Templates">
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
            label="Name of the template"
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
      <IconButton label={`Rename ${name}`} onClick={() => setRenaming(true)}>
        <Pencil />
      </IconButton>
      <IconButton label={`Delete ${name}`} onClick={onDelete}>
        <Trash2 />
      </IconButton>
    </li>
  )
}

function factsOf(template: Template): string {
  if (template.kind === 'card') return `Card: ${template.content.title}`
  return `Board with ${plural(template.content.columns.length, 'column')}`
}
