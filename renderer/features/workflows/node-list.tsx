import { closestCenter, DndContext, type DragEndEvent, useSensor, useSensors } from '@dnd-kit/core'
import { SortableContext, useSortable, verticalListSortingStrategy } from '@dnd-kit/sortable'
import clsx from 'clsx'
import {
  ArrowDown,
  ArrowUp,
  GripVertical,
  IndentDecrease,
  IndentIncrease,
  Plus,
  Trash2,
  TriangleAlert,
} from 'lucide-react'
import type { KeyboardEvent } from 'react'
import type { ProviderStatus } from '#shared/provider.ts'
import type { WorkflowDefinition, WorkflowNode } from '#shared/workflow.ts'
import type { WorkflowProblem } from '#shared/workflow-problems.ts'
import { BoardPointerSensor } from '../../lib/mouse-sensors.ts'
import { texts } from '../../lib/texts/texts.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { Menu } from '../../ui/menu.tsx'
import { NEW_KINDS, newNode } from './new-node.ts'
import { NodeFields } from './node-fields.tsx'
import styles from './workflow-editor.module.css'
import {
  type Direction,
  fits,
  insertNode,
  type ListPlace,
  listsOf,
  moveNode,
  placeAfterMove,
  removeNode,
  reorder,
  updateNode,
} from './workflow-tree.ts'
import { describeNode, KIND_NAME } from './workflow-words.ts'

/** Pixels that the pointer travels before a press becomes a drag. */
const DRAG_AFTER = 5

/** What every row of the form needs. */
export interface EditorScope {
  definition: WorkflowDefinition
  providers: readonly ProviderStatus[]
  problems: readonly WorkflowProblem[]
  selected: string | null
  isReadOnly: boolean
  onSelect: (id: string | null) => void
  onChange: (change: (definition: WorkflowDefinition) => WorkflowDefinition) => void
}

interface NodeListProps {
  scope: EditorScope
  place: ListPlace
  nodes: readonly WorkflowNode[]
  label: string
}

/** The steps of one list, in their order, with those that lie within them. */
export function NodeList({ scope, place, nodes, label }: NodeListProps) {
  const ids = nodes.map(({ id }) => id)
  const sensors = useSensors(
    useSensor(BoardPointerSensor, { activationConstraint: { distance: DRAG_AFTER } }),
  )
  const drop = ({ active, over }: DragEndEvent) => {
    const [from, to] = [ids.indexOf(String(active.id)), ids.indexOf(String(over?.id))]
    if (from < 0 || to < 0 || from === to) return
    scope.onChange((definition) => reorder(definition, place, from, to))
  }
  return (
    <DndContext sensors={sensors} collisionDetection={closestCenter} onDragEnd={drop}>
      <SortableContext items={ids} strategy={verticalListSortingStrategy} disabled={scope.isReadOnly}>
        <ol className={styles.list} aria-label={label}>
          {nodes.map((node) => (
            <NodeRow key={node.id} scope={scope} place={place} node={node} />
          ))}
          {!scope.isReadOnly && (
            <li>
              <AddStep scope={scope} place={place} index={nodes.length} label={label} />
            </li>
          )}
        </ol>
      </SortableContext>
    </DndContext>
  )
}

function NodeRow({ scope, place, node }: { scope: EditorScope; place: ListPlace; node: WorkflowNode }) {
  const isOpen = scope.selected === node.id
  const problems = scope.problems.filter(({ path }) => path.split('/').at(-1) === node.id)
  const { setNodeRef, setActivatorNodeRef, listeners, transform, isDragging } = useSortable({ id: node.id })
  return (
    <li
      ref={setNodeRef}
      style={transform ? { transform: `translateY(${transform.y}px)` } : undefined}
      className={clsx(
        styles.row,
        isOpen && styles.open,
        problems.length > 0 && styles.wrong,
        isDragging && styles.dragged,
      )}
    >
      <div className={styles.head}>
        {!scope.isReadOnly && (
          // For the mouse: keys move a step by Alt and an arrow.
          <span ref={setActivatorNodeRef} {...listeners} className={styles.grip} aria-hidden="true">
            <GripVertical />
          </span>
        )}
        <button
          type="button"
          className={styles.step}
          aria-expanded={isOpen}
          data-step={node.id}
          onClick={() => scope.onSelect(isOpen ? null : node.id)}
          onKeyDown={(event) => moveByKey(event, scope, node.id)}
        >
          <span className={styles.stepName}>{node.name || KIND_NAME[node.kind]}</span>
          <span className={styles.stepKind}>{describeNode(node)}</span>
        </button>
        {!scope.isReadOnly && <RowButtons scope={scope} node={node} />}
      </div>
      {problems.map(({ message }) => (
        <p key={message} className={styles.problem} role="alert">
          <TriangleAlert aria-hidden="true" />
          {message}
        </p>
      ))}
      {isOpen && (
        <fieldset className={styles.form} disabled={scope.isReadOnly} aria-label={node.name}>
          <NodeFields
            node={node}
            isBranch={place.list === 'branches'}
            providers={scope.providers}
            onChange={(next) => scope.onChange((definition) => updateNode(definition, node.id, () => next))}
          />
        </fieldset>
      )}
      {listsOf(node).map(({ list, title, nodes }) => (
        <div key={list} className={styles.inner}>
          {title && <p className={styles.innerTitle}>{title}</p>}
          <NodeList
            scope={scope}
            place={{ parent: node.id, list }}
            nodes={nodes}
            label={texts.workflowNodes.steps(title, node.name)}
          />
        </div>
      ))}
    </li>
  )
}

const MOVES: readonly { direction: Direction; label: string; icon: typeof ArrowUp; key: string }[] = [
  { direction: 'up', label: texts.workflowNodes.moveUp, icon: ArrowUp, key: 'ArrowUp' },
  { direction: 'down', label: texts.workflowNodes.moveDown, icon: ArrowDown, key: 'ArrowDown' },
  { direction: 'in', label: texts.workflowNodes.moveIntoStepBefore, icon: IndentIncrease, key: 'ArrowRight' },
  { direction: 'out', label: texts.workflowNodes.moveOut, icon: IndentDecrease, key: 'ArrowLeft' },
]

function RowButtons({ scope, node }: { scope: EditorScope; node: WorkflowNode }) {
  return (
    <span className={styles.buttons}>
      {MOVES.map(({ direction, label, icon: Icon, key }) => (
        <IconButton
          key={direction}
          size="small"
          label={`${label}: ${node.name}`}
          shortcut={`Alt+${key.replace(texts.workflowNodes.arrow, '')}`}
          disabled={placeAfterMove(scope.definition, node.id, direction) === null}
          onClick={() => scope.onChange((definition) => moveNode(definition, node.id, direction))}
        >
          <Icon />
        </IconButton>
      ))}
      <IconButton
        size="small"
        label={texts.workflowNodes.remove(node.name)}
        onClick={() => scope.onChange((definition) => removeNode(definition, node.id))}
      >
        <Trash2 />
      </IconButton>
    </span>
  )
}

/** Alt and an arrow move the step; the focus stays on it. */
function moveByKey(event: KeyboardEvent<HTMLButtonElement>, scope: EditorScope, id: string): void {
  const move = MOVES.find(({ key }) => key === event.key)
  if (!event.altKey || !move || scope.isReadOnly) return
  event.preventDefault()
  event.stopPropagation() // Alt and left is the window's way back
  const list = event.currentTarget.closest('[data-workflow-form]')
  scope.onChange((definition) => moveNode(definition, id, move.direction))
  // It may have been drawn anew in another list.
  requestAnimationFrame(() => list?.querySelector<HTMLElement>(`[data-step="${CSS.escape(id)}"]`)?.focus())
}

interface AddStepProps {
  scope: EditorScope
  place: ListPlace
  index: number
  label: string
}

function AddStep({ scope, place, index, label }: AddStepProps) {
  const entries = NEW_KINDS.flatMap(({ kind, label: name, hint }) => {
    const node = newNode(kind, scope.definition)
    const isWriter = node.kind === 'agent' && node.role === 'development'
    if (!fits(node, place.list) || (place.list === 'branches' && isWriter)) return []
    const add = () => {
      scope.onChange((definition) => insertNode(definition, place, index, node))
      scope.onSelect(node.id)
    }
    return [{ label: name, hint, onSelect: add }]
  })
  return (
    <Menu entries={entries}>
      <Button size="small" variant="ghost" icon={<Plus />} aria-label={texts.workflowNodes.addStepTo(label)}>
        {texts.workflowNodes.addStep}
      </Button>
    </Menu>
  )
}
