import { useEffect } from 'react'
import { usePreferences } from './use-preferences.ts'

/** Keeps the document in the theme that the person chose; `system` leaves it to the system. */
export function useTheme(): void {
  const { preferences } = usePreferences()
  useEffect(() => {
    if (preferences.theme === 'system') delete document.documentElement.dataset.theme
    else document.documentElement.dataset.theme = preferences.theme
  }, [preferences.theme])
}
