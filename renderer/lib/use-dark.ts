import { useSyncExternalStore } from 'react'
import { usePreferences } from './use-preferences.ts'

const query = matchMedia('(prefers-color-scheme: dark)')

function subscribe(listener: () => void): () => void {
  query.addEventListener('change', listener)
  return () => query.removeEventListener('change', listener)
}

/** Whether the window is dark now, by choice or by the system. */
export function useDark(): boolean {
  const { preferences } = usePreferences()
  const isSystemDark = useSyncExternalStore(subscribe, () => query.matches)
  return preferences.theme === 'system' ? isSystemDark : preferences.theme === 'dark'
}
