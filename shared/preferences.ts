import { z } from 'zod'
import { DEFAULT_FIRST_LOOK, THEMES } from './first-look.ts'
import { BoardId, ColumnId, ViewId } from './ids.ts'
import { NotificationKind, NotifyChoice } from './notification.ts'
import { ProviderId } from './provider.ts'
import { SIDEBAR_WIDTH } from './sidebar.ts'

const fields = {
  /** How others see the person; null: as the operating system calls them. */
  display_name: z.string().trim().min(1, 'A name is needed.').max(255, 'At most 255 characters.').nullable(),
  theme: z.enum(THEMES),
  last_board_id: BoardId.nullable(),
  /** Used where neither the board nor the person names one. */
  default_provider: ProviderId,
  /** Runs of this app at once. */
  most_executions: z.number().int().min(1).max(50),
  /** Runs of one agent at once, by its id; absent: no limit of its own. */
  provider_limits: z.record(z.string().max(50), z.number().int().min(1).max(50)),
  /** Before agents are stopped by quitting. */
  ask_before_quit: z.boolean(),
  /** Width of the card's detail pane, in CSS pixels; null until somebody chooses one. */
  detail_width: z.number().int().min(320).max(1600).nullable(),
  /** Width of the sidebar while it is open, in CSS pixels; null until somebody chooses one. */
  sidebar_width: z.number().int().min(SIDEBAR_WIDTH.least).max(SIDEBAR_WIDTH.most).nullable(),
  /** False: it is folded to its icons. */
  sidebar_open: z.boolean(),
  diff_view: z.enum(['split', 'unified']),
  /** Whether a board shows its feed at the right. */
  activity_open: z.boolean(),
  density: z.enum(['comfortable', 'compact']),
  /** How the page of all boards shows them. */
  boards_view: z.enum(['grid', 'list']),
  /** Of dates, numbers and texts, as a browser names it; null: as the system has it. */
  language: z.string().min(2).max(35).nullable(),
  starred_board_ids: z.array(BoardId).max(1000),
  /** Last used first. */
  recent_boards: z.array(z.strictObject({ id: BoardId, at: z.iso.datetime() })).max(100),
  collapsed_column_ids: z.array(ColumnId).max(10_000),
  /** Of the table's columns: how wide, and which are hidden. */
  table: z.strictObject({
    widths: z.record(z.string().max(30), z.number().min(1).max(4000)),
    hidden: z.array(z.string().max(30)).max(50),
  }),
  /** With which saved view the person begins, by board. */
  default_views: z.record(z.string(), ViewId),
  notify: z.record(NotificationKind, NotifyChoice),
  /** Keys that a person chose, by action; only where they differ from the app's own. */
  shortcuts: z.record(z.string().max(100), z.array(z.string().max(60)).max(8)),
}

/** What this installation remembers for its user; kept in a file beside the database, not in it. */
export const Preferences = z.object(fields)
export type Preferences = z.infer<typeof Preferences>

export const DEFAULT_PREFERENCES: Preferences = {
  display_name: null,
  ...DEFAULT_FIRST_LOOK,
  last_board_id: null,
  default_provider: 'anthropic',
  most_executions: 4,
  provider_limits: {},
  ask_before_quit: true,
  detail_width: null,
  diff_view: 'unified',
  activity_open: false,
  density: 'comfortable',
  boards_view: 'grid',
  language: null,
  starred_board_ids: [],
  recent_boards: [],
  collapsed_column_ids: [],
  table: { widths: {}, hidden: [] },
  default_views: {},
  notify: {
    needs_input: { inbox: true, native: true },
    finished: { inbox: true, native: true },
    failed: { inbox: true, native: true },
    mentioned: { inbox: true, native: true },
    due: { inbox: true, native: true },
  },
  shortcuts: {},
}

export const UpdatePreferences = z.strictObject(fields).partial()
export type UpdatePreferences = z.infer<typeof UpdatePreferences>
