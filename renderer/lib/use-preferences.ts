import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { DEFAULT_PREFERENCES, type Preferences, type UpdatePreferences } from '#shared/preferences.ts'
import { showToast } from '../ui/toast.tsx'
import { errorText } from './error-text.ts'
import { keys } from './query-keys.ts'
import { readAnew } from './read-anew.ts'
import { texts } from './texts/texts.ts'
import { api } from './trpc.ts'

/** How the preferences are read: the first answer of an app that has started. */
export const preferencesQuery = queryOptions({
  queryKey: keys.preferences,
  queryFn: () => api.settings.preferences.query(),
  staleTime: Number.POSITIVE_INFINITY,
  // Another window may have changed them.
  refetchOnWindowFocus: 'always',
  retry: false,
  retryOnMount: false, // a start that failed before the window was drawn is shown, not tried anew
})

export function usePreferencesQuery() {
  return useQuery(preferencesQuery)
}

/** One of the preferences; draws anew when that one changes, not with each. */
export function usePreference<Value>(select: (preferences: Preferences) => Value): Value {
  return useQuery({ ...preferencesQuery, select }).data ?? select(DEFAULT_PREFERENCES)
}

/** What this installation remembers, and the way to change it; a change shows at once and is written behind. */
export function usePreferences(): {
  preferences: Preferences
  update: (change: UpdatePreferences) => void
} {
  const cache = useQueryClient()
  const query = usePreferencesQuery()
  const { mutate } = useMutation({
    mutationKey: keys.preferences,
    mutationFn: (change: UpdatePreferences) => api.settings.updatePreferences.mutate(change),
    onMutate: (change) => {
      cache.setQueryData<Preferences>(keys.preferences, (old) => ({
        ...(old ?? DEFAULT_PREFERENCES),
        ...withoutUndefined(change),
      }))
    },
    onError: (error) => {
      showToast({ tone: 'bad', title: texts.settings.notSaved, text: errorText(error) })
    },
    // What was being read when it was changed, as when the window got the focus, is from before. Of several changes the
    // last one has it read.
    onSettled: () => {
      if (cache.isMutating({ mutationKey: keys.preferences }) <= 1) void readAnew(cache, keys.preferences)
    },
  })
  return {
    preferences: query.data ?? DEFAULT_PREFERENCES,
    update: mutate,
  }
}

function withoutUndefined(change: UpdatePreferences): Partial<Preferences> {
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined))
}
