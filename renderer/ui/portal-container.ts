import { createContext, useContext } from 'react'

/** Where menus and tooltips are drawn. A dialog is above the page, so what opens in it must be drawn in it. */
export const PortalContainer = createContext<HTMLElement | null>(null)

export function usePortalContainer(): HTMLElement | null {
  return useContext(PortalContainer)
}
