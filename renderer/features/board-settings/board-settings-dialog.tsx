import { type ReactNode, useState } from 'react'
import type { Board } from '#shared/board.ts'
import type { Column } from '#shared/column.ts'
import type { LabelId } from '#shared/ids.ts'
import type { Label } from '#shared/label.ts'
import type { Project } from '#shared/project.ts'
import type { ProviderStatus } from '#shared/provider.ts'
import type { BoardTransition } from '#shared/transition.ts'
import { texts } from '../../lib/texts/texts.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { Tabs } from '../../ui/tabs.tsx'
import { AgentsPart } from './agents-part.tsx'
import styles from './board-settings.module.css'
import { GeneralPart } from './general-part.tsx'
import { LabelsPart } from './labels-part.tsx'
import { RulesPart } from './rules-part.tsx'

interface BoardSettingsDialogProps {
  board: Board
  project: Project | null
  /** From left to right. */
  columns: readonly Column[]
  labels: ReadonlyMap<LabelId, Label>
  /** How many cards carry each label. */
  labelCounts: () => ReadonlyMap<LabelId, number>
  transitions: readonly BoardTransition[]
  providers: readonly ProviderStatus[]
  /** Limits of money, from the feature that knows them. */
  budgets: ReactNode
  onSaved: (board: Board, project: Project | null) => void
  onClose: () => void
}

type Part = 'general' | 'agents' | 'labels' | 'rules'

/** What holds for one board: how agents work on it, its labels, and which moves it allows. */
export function BoardSettingsDialog({ onClose, ...board }: BoardSettingsDialogProps) {
  const [part, setPart] = useState<Part>('general')
  return (
    <Dialog title={texts.boardSettings.title} width="wide" onClose={onClose}>
      <div className={styles.parts}>
        <Tabs<Part>
          label={texts.boardSettings.parts}
          value={part}
          onChange={setPart}
          tabs={[
            {
              value: 'general',
              label: texts.boardSettings.general,
              content: <GeneralPart {...board} onClose={onClose} />,
            },
            {
              value: 'agents',
              label: texts.boardSettings.agents,
              content: (
                <AgentsPart
                  board={board.board}
                  budgets={board.budgets}
                  onSaved={(saved) => board.onSaved(saved, board.project)}
                />
              ),
            },
            {
              value: 'labels',
              label: texts.boardSettings.labels,
              count: board.labels.size > 0 ? board.labels.size : null,
              content: (
                <LabelsPart boardId={board.board.id} labels={board.labels} labelCounts={board.labelCounts} />
              ),
            },
            {
              value: 'rules',
              label: texts.boardSettings.rules,
              content: (
                <RulesPart
                  boardId={board.board.id}
                  columns={board.columns}
                  transitions={board.transitions}
                  onClose={onClose}
                />
              ),
            },
          ]}
        />
      </div>
    </Dialog>
  )
}
