import { useLayoutEffect } from 'react'
import { choiceAt, SIDEBAR_LEFT_AT, type SidebarChoice, sidebarWidth } from '#shared/sidebar.ts'
import { usePreferences } from '../lib/use-preferences.ts'

/** The first paint has it from the preload script; whoever drags it writes it without drawing anything anew. */
const WIDTH = '--sidebar-width'

/** How wide the side of the window is, and the ways to change it: remembered, for every window. */
export function useSidebar() {
  const { preferences, update } = usePreferences()
  const { sidebar_open: isOpen } = preferences
  const width = sidebarWidth(preferences)
  useLayoutEffect(() => show(width), [width])
  const choose = (choice: Partial<SidebarChoice>) => {
    const width = sidebarWidth({ ...preferences, ...choice })
    update(choice)
    show(width)
    localStorage.setItem(SIDEBAR_LEFT_AT, String(width))
  }
  return {
    isOpen,
    width,
    /** While the edge is dragged. */
    preview: (at: number) => show(sidebarWidth({ ...preferences, ...choiceAt(at, isOpen) })),
    resize: (to: number) => choose(choiceAt(to, isOpen)),
    cancel: () => show(width),
    reset: () => choose({ sidebar_open: true, sidebar_width: null }),
    toggle: () => choose({ sidebar_open: !isOpen }),
  }
}

function show(width: number): void {
  document.documentElement.style.setProperty(WIDTH, `${width}px`)
}
