import { z } from 'zod'
import { BoardId } from './ids.ts'
import { ProviderId } from './provider.ts'

const fields = {
  theme: z.enum(['system', 'light', 'dark']),
  last_board_id: BoardId.nullable(),
  /** Used where neither the board nor the person names one. */
  default_provider: ProviderId,
  /** Width of the card's detail pane, in CSS pixels; null until somebody chooses one. */
  detail_width: z.number().int().min(320).max(1600).nullable(),
  diff_view: z.enum(['split', 'unified']),
  /** Keys that a person chose, by action; only where they differ from the app's own. */
  shortcuts: z.record(z.string().max(100), z.array(z.string().max(60)).max(8)),
}

/** What this installation remembers for its user; kept in a file beside the database, not in it. */
export const Preferences = z.object(fields)
export type Preferences = z.infer<typeof Preferences>

export const DEFAULT_PREFERENCES: Preferences = {
  theme: 'system',
  last_board_id: null,
  default_provider: 'anthropic',
  detail_width: null,
  diff_view: 'unified',
  shortcuts: {},
}

export const UpdatePreferences = z.strictObject(fields).partial()
export type UpdatePreferences = z.infer<typeof UpdatePreferences>
