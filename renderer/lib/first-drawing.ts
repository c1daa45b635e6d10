import { createContext, useContext } from 'react'

/** Whether what the window begins with is on the screen. Where nobody says so, it is. */
export const FirstDrawingDone = createContext(true)

/**
 * False in the first drawing of a window, which leaves out what nobody sees or needs yet, and what changes its state while it
 * is laid out: React would draw again before anything is painted (ADR 36).
 */
export function useIsDrawn(): boolean {
  return useContext(FirstDrawingDone)
}
