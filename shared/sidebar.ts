/** In CSS pixels: folded to icons; and open, at the narrowest, until somebody chooses, and at the widest. */
export const SIDEBAR_WIDTH = { folded: 53, least: 160, first: 216, most: 400 } as const

/** How a person likes the side of the window; a width of null: nobody has chosen one. */
export interface SidebarChoice {
  sidebar_open: boolean
  sidebar_width: number | null
}

/** Under this name a page leaves to the one that comes after it, when it is loaded anew, how wide the side is now. */
export const SIDEBAR_LEFT_AT = 'sidebar-width'

/** How wide the side of the window is, in CSS pixels. */
export function sidebarWidth({ sidebar_open, sidebar_width }: SidebarChoice): number {
  return sidebar_open ? (sidebar_width ?? SIDEBAR_WIDTH.first) : SIDEBAR_WIDTH.folded
}

/** Pixels that the edge has to be pushed beyond the narrowest until it folds, and pulled until it opens again. */
const GIVE = 24

/** What it means that the edge was taken to a width: it is folded or open, and never so narrow that names cannot be read. */
export function choiceAt(width: number, wasOpen: boolean): Partial<SidebarChoice> {
  const { folded, least, most } = SIDEBAR_WIDTH
  const isOpen = wasOpen ? width > least - GIVE : width >= folded + GIVE
  if (!isOpen) return { sidebar_open: false }
  return { sidebar_open: true, sidebar_width: Math.round(Math.min(most, Math.max(least, width))) }
}
