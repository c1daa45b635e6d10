import { Bot, MoreHorizontal, Pencil, Settings2, Trash2, TriangleAlert } from 'lucide-react'
import { type ReactNode, useMemo, useState } from 'react'
import { type AgentState, agentStateOf } from '#shared/agent-state.ts'
import type { ProviderStatus } from '#shared/provider.ts'
import { useOffers } from '../../lib/actions/use-offers.ts'
import type { LiveStatus } from '../../lib/live.ts'
import { texts } from '../../lib/texts/texts.ts'
import { StateDot } from '../../ui/badge.tsx'
import { IconButton } from '../../ui/button.tsx'
import { EditableText } from '../../ui/editable-text.tsx'
import { KeyBadge } from '../../ui/key-badge.tsx'
import { Menu, type MenuEntry } from '../../ui/menu.tsx'
import { Spinner } from '../../ui/spinner.tsx'
import { Tooltip } from '../../ui/tooltip.tsx'
import type { BoardState } from './board-state.ts'
import styles from './board-toolbar.module.css'
import { ProjectPlaceMark } from './project-place.tsx'
import { useBoardActions } from './use-board-actions.ts'

interface BoardToolbarProps {
  state: BoardState
  live: LiveStatus
  /** What does the thinking on this board; undefined while it is not known. */
  provider: ProviderStatus | undefined
  /** Further entries of the board's menu. */
  entries: readonly MenuEntry[]
  /** What other features add, such as who else is here. */
  children?: ReactNode
  onSettings: () => void
  onDelete: () => void
}

/** Which board this is, where its project lies, who does the work and what is going on. */
export function BoardToolbar({
  state,
  live,
  provider,
  entries,
  children,
  onSettings,
  onDelete,
}: BoardToolbarProps) {
  const { board, project } = state
  const actions = useBoardActions(board.id)
  const [isRenaming, setRenaming] = useState(false)
  useOffers({
    'board.rename': { run: () => setRenaming(true) },
    'board.settings': { run: onSettings },
    'board.delete': { run: onDelete },
  })
  return (
    <header className={styles.bar}>
      <div className={styles.content}>
        <KeyBadge text={board.key} />
        {isRenaming ? (
          <div className={styles.rename}>
            <EditableText
              label={texts.board.nameBoard}
              value={board.name}
              maxLength={255}
              className={styles.name}
              onSave={(name) => void actions.updateBoard({ name })}
              onDone={() => setRenaming(false)}
            />
          </div>
        ) : (
          <h1 className={styles.name} title={board.name} onDoubleClick={() => setRenaming(true)}>
            {board.name}
          </h1>
        )}
        {project && <ProjectPlaceMark project={project} />}
        {!project && <span className={styles.path}>{texts.board.noProject}</span>}
        <span className={styles.spacer} />
        <LiveMark live={live} />
        <RunSummary state={state} />
        <ProviderMark provider={provider} onSettings={onSettings} />
        {children}
        <IconButton label={texts.board.boardSettings} onClick={onSettings}>
          <Settings2 />
        </IconButton>
        <Menu
          align="end"
          entries={[
            { label: texts.board.rename, icon: <Pencil />, onSelect: () => setRenaming(true) },
            { label: texts.board.boardSettingsEntry, icon: <Settings2 />, onSelect: onSettings },
            ...entries,
            { kind: 'separator' },
            { label: texts.board.deleteBoard, icon: <Trash2 />, isDangerous: true, onSelect: onDelete },
          ]}
        >
          <IconButton label={texts.board.optionsBoard} hasTooltip={false}>
            <MoreHorizontal />
          </IconButton>
        </Menu>
      </div>
    </header>
  )
}

function LiveMark({ live }: { live: LiveStatus }) {
  if (live !== 'reconnecting') return null
  return (
    <span className={styles.live} role="status">
      <Spinner />
      {texts.board.reconnecting}
    </span>
  )
}

function RunSummary({ state: { executions, tasks } }: { state: BoardState }) {
  const count = tasks.size
  // biome-ignore lint/correctness/useExhaustiveDependencies: which cards there are matters, not what they say
  const { queued, running, ready, attention } = useMemo(() => {
    const all = [...executions.values()].filter((one) => tasks.has(one.task_id))
    const queued = all.filter((one) => one.status === 'pending').length
    const inState = (...states: AgentState[]) =>
      all.filter((one) => states.includes(agentStateOf(one))).length
    return {
      queued,
      running: inState('running') - queued,
      ready: inState('ready'),
      attention: inState('needs_you', 'failed'),
    }
  }, [executions, count])
  const parts = [
    { tone: 'run', count: running, text: 'running' },
    { tone: 'mute', count: queued, text: 'queued' },
    { tone: 'warn', count: attention, text: attention === 1 ? texts.board.needs : texts.board.need },
    { tone: 'good', count: ready, text: 'ready' },
  ] as const
  const shown = parts.filter((part) => part.count > 0)
  if (shown.length === 0) return null
  return (
    <span className={styles.summary} role="status" aria-label={texts.board.agentsOnBoard}>
      {shown.map((part) => (
        <span key={part.text} className={styles.part} title={`${part.count} ${part.text}`}>
          <StateDot tone={part.tone} isLive={part.tone === 'run'} />
          {part.count} <span className={styles.partText}>{part.text}</span>
        </span>
      ))}
    </span>
  )
}

function ProviderMark({
  provider,
  onSettings,
}: {
  provider: ProviderStatus | undefined
  onSettings: () => void
}) {
  if (!provider) return null
  return (
    <Tooltip text={provider.message}>
      <button type="button" className={styles.provider} onClick={onSettings}>
        {provider.available ? <Bot /> : <TriangleAlert className={styles.warning} />}
        <span className={styles.providerName}>{provider.name}</span>
      </button>
    </Tooltip>
  )
}
