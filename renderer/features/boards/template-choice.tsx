import { Zap } from 'lucide-react'
import type { Template } from '#shared/template.ts'
import { plural } from '../../lib/format.ts'
import { Field } from '../../ui/field.tsx'
import { Select } from '../../ui/select.tsx'
import styles from './template-choice.module.css'

export type BoardTemplateChoice = Extract<Template, { kind: 'board' }>

interface TemplateChoiceProps {
  templates: readonly BoardTemplateChoice[]
  chosen: BoardTemplateChoice | undefined
  onChange: (id: string) => void
}

/** What a new board begins with, and what that looks like. */
export function TemplateChoice({ templates, chosen, onChange }: TemplateChoiceProps) {
  return (
    <Field label="Template" hint={chosen ? hintOf(chosen) : 'Add your own columns once the board is open.'}>
      {({ id }) => (
        <>
          <Select
            id={id}
            label="Template"
            value={chosen?.id as string}
            onChange={onChange}
            choices={templates.map((one) => ({
              value: one.id as string,
              label: one.name,
              ...(!one.is_built_in && { hint: 'Your own' }),
            }))}
          />
          {chosen && chosen.content.columns.length > 0 && (
            <ol className={styles.preview} aria-label="Columns of the template">
              {chosen.content.columns.map((column, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: two columns may have the same name
                <li key={index} className={styles.column}>
                  <span className={styles.name}>{column.name}</span>
                  {column.triggers_agents && <Zap aria-label="Starts agents" />}
                </li>
              ))}
            </ol>
          )}
        </>
      )}
    </Field>
  )
}

function hintOf({ content: { columns, labels, cards } }: BoardTemplateChoice): string {
  const parts = [
    labels.length > 0 && plural(labels.length, 'label'),
    cards.length > 0 && plural(cards.length, 'card template'),
  ].filter((part) => part !== false)
  if (columns.length === 0) return 'Add your own columns once the board is open.'
  return parts.length === 0 ? 'Columns can be changed later.' : `With ${parts.join(' and ')}.`
}
