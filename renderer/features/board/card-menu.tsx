import { AppWindow, Archive, ArrowRight, CircleStop, Copy, ExternalLink, Play, Trash2 } from 'lucide-react'
import type { Column } from '#shared/column.ts'
import { type ExecutionSummary, isActive } from '#shared/execution.ts'
import type { TaskCard } from '#shared/task.ts'
import type { ActionId } from '../../lib/actions/catalogue.ts'
import { openInNewWindow } from '../../lib/open-window.ts'
import type { Keymap } from '../../lib/shortcuts/keymap.ts'
import { shortcutText } from '../../lib/shortcuts/use-keymap.ts'
import { texts } from '../../lib/texts/texts.ts'
import type { MenuEntry, MenuItem } from '../../ui/menu.tsx'
import type { BoardScope } from './board-context.ts'
import { mayGo } from './drop-rule.ts'

/** Where the rules do not let it go is told too: who looks for a column should find it. */
function moveHint({ transitions }: BoardScope, task: TaskCard, column: Column): Partial<MenuItem> {
  if (!mayGo(task.column_id, column.id, transitions))
    return { hint: texts.card.notFromHere, isDisabled: true }
  return column.triggers_agents ? { hint: texts.card.startsAgents } : {}
}

/** All that can be done with a card from the board. */
export function cardMenu(
  scope: BoardScope,
  task: TaskCard,
  execution: ExecutionSummary | null,
  keymap: Keymap,
): MenuEntry[] {
  const shortcut = (id: ActionId) => {
    const text = shortcutText(keymap, id)
    return text === undefined ? {} : { shortcut: text }
  }
  const { bulk } = scope.actions
  // What is pressed on one of several selected cards is for all of them.
  const group = bulk.groupWith(task)
  const many = group.length > 1 ? texts.card.cards(group.length) : ''
  const key = `${scope.boardKey}-${task.number}`
  const running = execution && isActive(execution.status) ? execution : null
  return [
    {
      label: texts.card.open,
      icon: <ExternalLink />,
      ...shortcut('card.open'),
      onSelect: () => scope.openTask(task.id),
    },
    {
      label: texts.card.openInNewWindow,
      icon: <AppWindow />,
      onSelect: () =>
        openInNewWindow({ page: 'board', boardId: scope.boardId, taskId: task.id, isFull: true }),
    },
    running
      ? {
          label: texts.card.cancelAgents,
          icon: <CircleStop />,
          onSelect: () => void scope.actions.cancelExecution(running.id),
        }
      : {
          label: texts.card.runAgents,
          icon: <Play />,
          ...shortcut('card.run'),
          onSelect: () => void scope.actions.runTask(task.id),
        },
    { kind: 'separator' },
    { kind: 'label', label: texts.card.move(many) },
    ...scope.columns
      .filter((column) => column.id !== task.column_id)
      .map((column) => ({
        label: column.name,
        icon: <ArrowRight />,
        ...moveHint(scope, task, column),
        onSelect: () =>
          group.length > 1 ? void bulk.moveToColumn(group, column.id) : scope.moveToEnd(task.id, column),
      })),
    { kind: 'separator' },
    {
      label: texts.card.duplicate(many),
      icon: <Copy />,
      ...shortcut('card.duplicate'),
      onSelect: () => void bulk.duplicate(group),
    },
    {
      label: texts.card.archive(many),
      icon: <Archive />,
      ...shortcut('card.archive'),
      onSelect: () => void bulk.archive(group),
    },
    {
      label: texts.card.delete(many),
      icon: <Trash2 />,
      ...shortcut('card.delete'),
      isDangerous: true,
      onSelect: () => void (group.length > 1 ? bulk.remove(group) : scope.actions.deleteTask(task, key)),
    },
  ]
}
