import { useLayoutEffect } from 'react'
import { setLocale } from './locale.ts'
import { usePreferences } from './use-preferences.ts'

/**
 * Keeps the document as the person likes it: the theme (`system` leaves it to the system), how close things stand, and
 * the language of dates and numbers.
 */
export function useTheme(): void {
  const { theme, density, language } = usePreferences().preferences
  // While drawing, before anything below writes a date; it is the same each time.
  setLocale(language)
  useLayoutEffect(() => {
    const { dataset } = document.documentElement
    if (theme === 'system') delete dataset.theme
    else dataset.theme = theme
    dataset.density = density
  }, [theme, density])
}
