import { SIDEBAR_WIDTH, type SidebarChoice } from './sidebar.ts'

export const THEMES = ['system', 'light', 'dark'] as const

/** What a window needs to know before anything is drawn in it. */
export interface FirstLook extends SidebarChoice {
  theme: (typeof THEMES)[number]
}

export const DEFAULT_FIRST_LOOK: FirstLook = { theme: 'system', sidebar_width: null, sidebar_open: true }

/**
 * That of stored preferences, each value that is valid on its own, by the same rules as `Preferences`, but without a schema:
 * reading the code of schemas would keep the first window waiting (ADR 29).
 */
export function firstLookOf(stored: Readonly<Record<string, unknown>>): FirstLook {
  const { sidebar_width: width, sidebar_open: isOpen } = stored
  const { least, most } = SIDEBAR_WIDTH
  const isWidth = Number.isInteger(width) && Number(width) >= least && Number(width) <= most
  return {
    theme: THEMES.find((theme) => theme === stored.theme) ?? DEFAULT_FIRST_LOOK.theme,
    sidebar_width: isWidth ? Number(width) : DEFAULT_FIRST_LOOK.sidebar_width,
    sidebar_open: typeof isOpen === 'boolean' ? isOpen : DEFAULT_FIRST_LOOK.sidebar_open,
  }
}
