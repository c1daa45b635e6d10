import type { ProviderStatus } from '#shared/provider.ts'
import { ProviderId } from '#shared/provider.ts'
import { type AgentNode, type AgentRole, WorkflowCondition, type WorkflowNode } from '#shared/workflow.ts'
import { texts } from '../../lib/texts/texts.ts'
import { Field, TextArea, TextInput } from '../../ui/field.tsx'
import { Select } from '../../ui/select.tsx'
import styles from './workflow-editor.module.css'
import { CONDITION_WORDS, ROLE_NAME } from './workflow-words.ts'

interface FieldsProps<Node extends WorkflowNode> {
  node: Node
  /** Of a branch that works beside others: only roles that change nothing. */
  isBranch: boolean
  providers: readonly ProviderStatus[]
  onChange: (node: WorkflowNode) => void
}

/** What can be set of a step. */
export function NodeFields({ node, ...rest }: FieldsProps<WorkflowNode>) {
  return (
    <div className={styles.fields}>
      <Field label={texts.workflowNodes.name}>
        {(attributes) => (
          <TextInput
            {...attributes}
            limit={100}
            value={node.name}
            onChange={(event) => rest.onChange({ ...node, name: event.target.value })}
          />
        )}
      </Field>
      <OfKind node={node} {...rest} />
    </div>
  )
}

function OfKind({ node, isBranch, providers, onChange }: FieldsProps<WorkflowNode>) {
  switch (node.kind) {
    case 'agent':
      return <AgentFields node={node} isBranch={isBranch} providers={providers} onChange={onChange} />
    case 'condition':
      return (
        <ConditionField
          label={texts.workflowNodes.if}
          value={node.when}
          onChange={(when) => onChange({ ...node, when })}
        />
      )
    case 'loop':
      return (
        <>
          <ConditionField
            label={texts.workflowNodes.until}
            value={node.until}
            onChange={(until) => onChange({ ...node, until })}
          />
          <Field label={texts.workflowNodes.rounds} hint={texts.workflowNodes.withoutEndByThen}>
            {({ id }) => (
              <Select
                id={id}
                label={texts.workflowNodes.rounds}
                value={String(node.most ?? 'board')}
                choices={ROUNDS}
                onChange={(most) => onChange({ ...node, most: most === 'board' ? null : Number(most) })}
              />
            )}
          </Field>
        </>
      )
    case 'gate':
      return (
        <Field label={texts.workflowNodes.question} hint={texts.workflowNodes.runWaitsHere}>
          {(attributes) => (
            <TextArea
              {...attributes}
              rows={2}
              limit={1000}
              value={node.question}
              onChange={(event) => onChange({ ...node, question: event.target.value })}
            />
          )}
        </Field>
      )
    case 'parallel':
      return null
  }
}

const ROUNDS = [
  { value: 'board', label: texts.workflowNodes.asBoardSays },
  ...Array.from({ length: 10 }, (_, index) => ({
    value: String(index + 1),
    label: texts.workflowNodes.roundCount(index + 1),
  })),
]

interface ConditionFieldProps {
  label: string
  value: WorkflowCondition
  onChange: (value: WorkflowCondition) => void
}

function ConditionField({ label, value, onChange }: ConditionFieldProps) {
  return (
    <Field label={label}>
      {({ id }) => (
        <Select
          id={id}
          label={label}
          value={value}
          choices={WorkflowCondition.options.map((one) => ({ value: one, label: CONDITION_WORDS[one] }))}
          onChange={onChange}
        />
      )}
    </Field>
  )
}

const ROLES: readonly AgentRole[] = ['architecture', 'development', 'review']

function AgentFields({ node, isBranch, providers, onChange }: FieldsProps<AgentNode>) {
  const { provider, model, instructions, ...rest } = node
  const set = (values: Partial<AgentNode>) => {
    const next = { ...node, ...values }
    onChange({
      ...rest,
      role: next.role,
      ...(next.provider && { provider: next.provider }),
      ...(next.model && { model: next.model }),
      ...(next.instructions && { instructions: next.instructions }),
    })
  }
  const roles = ROLES.filter((role) => !isBranch || role !== 'development')
  return (
    <>
      <Field label={texts.workflowNodes.role}>
        {({ id }) => (
          <Select
            id={id}
            label={texts.workflowNodes.role}
            value={node.role}
            choices={roles.map((role) => ({ value: role, label: ROLE_NAME[role] }))}
            onChange={(role) => set({ role })}
          />
        )}
      </Field>
      <Field label={texts.workflowNodes.agent}>
        {({ id }) => (
          <Select
            id={id}
            label={texts.workflowNodes.agent}
            value={provider ?? 'default'}
            choices={[
              { value: 'default', label: texts.workflowNodes.asRunStarted },
              ...providers.map((one) => ({ value: one.id, label: one.name, hint: one.message })),
            ]}
            onChange={(value) => {
              const chosen = ProviderId.safeParse(value)
              const { provider: _, ...without } = node
              if (chosen.success) set({ provider: chosen.data })
              else onChange(without)
            }}
          />
        )}
      </Field>
      <Field label={texts.workflowNodes.model} hint={texts.workflowNodes.emptyForBoardsOwnChoice}>
        {(attributes) => (
          <TextInput
            {...attributes}
            isMono
            limit={100}
            placeholder={texts.workflowNodes.default}
            value={model ?? ''}
            onChange={(event) => set({ model: event.target.value })}
          />
        )}
      </Field>
      <Field label={texts.workflowNodes.instructions} hint={texts.workflowNodes.addedWhatRoleTold}>
        {(attributes) => (
          <TextArea
            {...attributes}
            rows={2}
            limit={5000}
            value={instructions ?? ''}
            onChange={(event) => set({ instructions: event.target.value })}
          />
        )}
      </Field>
    </>
  )
}
