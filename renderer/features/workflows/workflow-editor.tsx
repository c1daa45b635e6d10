import { Copy, Redo2, Save, Undo2 } from 'lucide-react'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import type { ProviderStatus } from '#shared/provider.ts'
import type { WorkflowDefinition } from '#shared/workflow.ts'
import { findWorkflowProblems } from '#shared/workflow-problems.ts'
import { texts } from '../../lib/texts/texts.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { TextInput } from '../../ui/field.tsx'
import { Callout } from '../../ui/notice.tsx'
import { isTooLong } from '../../ui/too-long.tsx'
import { type EditorScope, NodeList } from './node-list.tsx'
import { useHistory } from './use-history.ts'
import styles from './workflow-editor.module.css'
import { WorkflowGraph } from './workflow-graph.tsx'

export interface WorkflowDraft {
  name: string
  definition: WorkflowDefinition
}

interface WorkflowEditorProps {
  /** As it is saved. */
  saved: WorkflowDraft
  /** What was edited and not saved when the person left it; null: nothing. */
  left: WorkflowDraft | null
  /** One of the app's own: shown, and copied. */
  isReadOnly: boolean
  facts: string
  providers: readonly ProviderStatus[]
  isSaving: boolean
  onSave: (draft: WorkflowDraft) => void
  onCopy: (draft: WorkflowDraft) => void
  /** Whatever is not saved, as it changes. */
  onDraft: (draft: WorkflowDraft | null) => void
}

const LONGEST_NAME = 100

/** A workflow as a form, and beside it as a graph that follows each change. */
export function WorkflowEditor(props: WorkflowEditorProps) {
  const { saved, left, isReadOnly, providers, onDraft } = props
  const { value, change, undo, redo, reset, canUndo, canRedo } = useHistory<WorkflowDraft>(left ?? saved)
  const [selected, setSelected] = useState<string | null>(null)
  const problems = findWorkflowProblems(value.definition)
  const isChanged = JSON.stringify(value) !== JSON.stringify(saved)
  const keep = useRef(onDraft)
  keep.current = onDraft
  useEffect(() => keep.current(isChanged ? value : null), [isChanged, value])
  const scope: EditorScope = {
    definition: value.definition,
    providers,
    problems,
    selected,
    isReadOnly,
    onSelect: setSelected,
    onChange: (next) => change((draft) => ({ ...draft, definition: next(draft.definition) })),
  }
  const canSave =
    isChanged &&
    value.name.trim() !== '' &&
    !isTooLong(value.name, LONGEST_NAME) &&
    value.definition.nodes.length > 0 &&
    problems.length === 0
  const save = () => canSave && props.onSave({ ...value, name: value.name.trim() })
  const handleKey = (event: KeyboardEvent) => {
    if (isReadOnly || !(event.metaKey || event.ctrlKey)) return
    const act = { s: save, z: event.shiftKey ? redo : undo, y: redo }[event.key.toLowerCase()]
    if (!act) return
    event.preventDefault()
    event.stopPropagation()
    act()
  }
  const ofAll = problems.filter(({ path }) => path === '')
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: shortcuts for what has buttons
    <div className={styles.editor} onKeyDown={handleKey}>
      <div className={styles.bar}>
        <TextInput
          aria-label={texts.workflows.nameWorkflow}
          className={styles.name}
          limit={LONGEST_NAME}
          readOnly={isReadOnly}
          value={value.name}
          onChange={(event) => change((draft) => ({ ...draft, name: event.target.value }))}
        />
        <span className={styles.state} role="status">
          {isReadOnly ? props.facts : stateOf(value, isChanged, problems.length, props.facts)}
        </span>
        {!isReadOnly && (
          <>
            <IconButton label={texts.workflows.undo} shortcut="Ctrl+Z" disabled={!canUndo} onClick={undo}>
              <Undo2 />
            </IconButton>
            <IconButton
              label={texts.workflows.redo}
              shortcut="Ctrl+Shift+Z"
              disabled={!canRedo}
              onClick={redo}
            >
              <Redo2 />
            </IconButton>
            {isChanged && (
              <Button variant="ghost" onClick={() => reset(saved)}>
                {texts.workflows.discardChanges}
              </Button>
            )}
          </>
        )}
        <Button icon={<Copy />} onClick={() => props.onCopy(value)}>
          {texts.workflows.duplicate}
        </Button>
        {!isReadOnly && (
          <Button
            variant="primary"
            icon={<Save />}
            disabled={!canSave}
            isBusy={props.isSaving}
            onClick={save}
          >
            {texts.workflows.save}
          </Button>
        )}
      </div>
      <div className={styles.parts}>
        <section className={styles.steps} aria-label={texts.workflows.steps} data-workflow-form="">
          <label className={styles.clarity}>
            <input
              type="checkbox"
              checked={value.definition.clarity}
              disabled={isReadOnly}
              onChange={(event) => {
                const clarity = event.target.checked
                change((draft) => ({ ...draft, definition: { ...draft.definition, clarity } }))
              }}
            />
            {texts.workflows.firstAskWhetherCard}
          </label>
          {ofAll.map(({ message }) => (
            <div key={message} className={styles.whole}>
              <Callout tone="bad">{message}</Callout>
            </div>
          ))}
          <NodeList
            scope={scope}
            place={{ parent: null, list: 'nodes' }}
            nodes={value.definition.nodes}
            label={texts.workflows.workflow}
          />
        </section>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, also by keyboard */}
        <section className={styles.picture} aria-label={texts.workflows.graph} tabIndex={0}>
          <WorkflowGraph
            definition={value.definition}
            selected={selected}
            onSelect={setSelected}
            wrong={new Set(problems.map(({ path }) => path.split('/').at(-1) ?? ''))}
          />
        </section>
      </div>
    </div>
  )
}

function stateOf({ name }: WorkflowDraft, isChanged: boolean, problems: number, facts: string): string {
  if (name.trim() === '') return texts.workflows.giveName
  if (problems > 0) return texts.workflows.problems(problems)
  return isChanged ? texts.workflows.notSavedYet : facts
}
