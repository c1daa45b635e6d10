import { Bot, MoreHorizontal, Pencil, Settings2, Trash2, TriangleAlert } from 'lucide-react'
import { memo, type ReactNode, useState } from 'react'
import type { Board } from '#shared/board.ts'
import type { Project } from '#shared/project.ts'
import type { ProviderStatus } from '#shared/provider.ts'
import { useOffers } from '../../lib/actions/use-offers.ts'
import type { LiveStatus } from '../../lib/live.ts'
import { navigate } from '../../lib/route.ts'
import { sectionOfProvider } from '../../lib/settings-sections.ts'
import { texts } from '../../lib/texts/texts.ts'
import { IconButton } from '../../ui/button.tsx'
import { EditableText } from '../../ui/editable-text.tsx'
import { KeyBadge } from '../../ui/key-badge.tsx'
import { Menu, type MenuEntry } from '../../ui/menu.tsx'
import { Spinner } from '../../ui/spinner.tsx'
import { Tooltip } from '../../ui/tooltip.tsx'
import styles from './board-toolbar.module.css'
import { ProjectPlaceMark } from './project-place.tsx'
import { type RunCounts, RunSummary } from './run-summary.tsx'
import { useBoardActions } from './use-board-actions.ts'

interface BoardToolbarProps {
  board: Board
  project: Project | null
  counts: RunCounts
  live: LiveStatus
  /** What does the thinking on this board; undefined while it is not known. */
  provider: ProviderStatus | undefined
  /** Further entries of the board's menu, asked when it opens. */
  entries: () => readonly MenuEntry[]
  /** What other features add, such as who else is here. */
  children?: ReactNode
  onSettings: () => void
  onDelete: () => void
}

/** Which board this is, where its project lies, who does the work and what is going on. Not drawn anew when a card changes. */
export const BoardToolbar = memo(function BoardToolbar({
  board,
  project,
  counts,
  live,
  provider,
  entries,
  children,
  onSettings,
  onDelete,
}: BoardToolbarProps) {
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
        <RunSummary counts={counts} />
        <ProviderMark provider={provider} onSettings={onSettings} />
        {children}
        <IconButton label={texts.board.boardSettings} onClick={onSettings}>
          <Settings2 />
        </IconButton>
        <Menu
          align="end"
          entries={() => [
            { label: texts.board.rename, icon: <Pencil />, onSelect: () => setRenaming(true) },
            { label: texts.board.boardSettingsEntry, icon: <Settings2 />, onSelect: onSettings },
            ...entries(),
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
})

function LiveMark({ live }: { live: LiveStatus }) {
  if (live !== 'reconnecting') return null
  return (
    <span className={styles.live} role="status">
      <Spinner />
      {texts.board.reconnecting}
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
      <button
        type="button"
        className={styles.provider}
        onClick={
          provider.available
            ? onSettings
            : () => navigate({ page: 'settings', section: sectionOfProvider(provider.id) })
        }
      >
        {provider.available ? <Bot /> : <TriangleAlert className={styles.warning} />}
        <span className={styles.providerName}>{provider.name}</span>
      </button>
    </Tooltip>
  )
}
