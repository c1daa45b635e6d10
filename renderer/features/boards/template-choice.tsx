import { Zap } from 'lucide-react'
import type { Template } from '#shared/template.ts'
import { texts } from '../../lib/texts/texts.ts'
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
    <Field label={texts.newBoard.template} hint={chosen ? hintOf(chosen) : texts.newBoard.addYourOwnColumns}>
      {({ id }) => (
        <>
          <Select
            id={id}
            label={texts.newBoard.template}
            value={chosen?.id as string}
            onChange={onChange}
            choices={templates.map((one) => ({
              value: one.id as string,
              label: one.name,
              ...(!one.is_built_in && { hint: texts.newBoard.yourOwn }),
            }))}
          />
          {chosen && chosen.content.columns.length > 0 && (
            <ol className={styles.preview} aria-label={texts.newBoard.columnsTemplate}>
              {chosen.content.columns.map((column, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: two columns may have the same name
                <li key={index} className={styles.column}>
                  <span className={styles.name}>{column.name}</span>
                  {column.triggers_agents && <Zap aria-label={texts.newBoard.startsAgents} />}
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
    labels.length > 0 && texts.newBoard.labels(labels.length),
    cards.length > 0 && texts.newBoard.cardTemplates(cards.length),
  ].filter((part) => part !== false)
  if (columns.length === 0) return texts.newBoard.addYourOwnColumns
  return parts.length === 0
    ? texts.newBoard.columnsCanChangedLater
    : texts.newBoard.with(parts.join(texts.newBoard.and))
}
