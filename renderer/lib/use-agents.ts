import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { BUILT_IN_PROVIDERS, type ProviderId, providerName } from '#shared/provider.ts'
import { keys } from './query-keys.ts'
import { api } from './trpc.ts'

export interface AgentChoice {
  id: ProviderId
  name: string
}

const ALWAYS: readonly ProviderId[] = ['anthropic', 'scripted']
const BEFORE_WE_KNOW: readonly AgentChoice[] = BUILT_IN_PROVIDERS.map((id) => ({
  id,
  name: providerName(id),
}))

/** The agents that cards may be given to: the app's own, and those that are on this machine. */
export function useAgents(): readonly AgentChoice[] {
  const { data } = useQuery({ queryKey: keys.providers, queryFn: () => api.settings.providers.query() })
  return useMemo(
    () =>
      data
        ?.filter(({ id, available }) => available || ALWAYS.includes(id))
        .map(({ id, name }) => ({ id, name })) ?? BEFORE_WE_KNOW,
    [data],
  )
}
