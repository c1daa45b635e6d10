import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import type { CatalogueAgent, ProviderId } from '#shared/provider.ts'
import { keys } from '../../lib/query-keys.ts'
import { texts } from '../../lib/texts/texts.ts'
import { api } from '../../lib/trpc.ts'
import { useAction } from '../../lib/use-action.ts'
import { showToast } from '../../ui/toast.tsx'

/** The agents that the app knows, and what was found of them. The first look takes a few seconds. */
export function useCatalogue() {
  const cache = useQueryClient()
  const list = useQuery({
    queryKey: keys.agentCatalogue,
    queryFn: ({ signal }) => api.providers.catalogue.query({ refresh: false }, { signal }),
  })
  const accept = (agents: CatalogueAgent[]) => {
    cache.setQueryData(keys.agentCatalogue, agents)
    void cache.invalidateQueries({ queryKey: keys.providers })
  }
  const look = useAction(() => api.providers.catalogue.query({ refresh: true }), {
    onSuccess: accept,
    failed: texts.agentSettings.agentsCouldNotLooked,
  })
  return { list, accept, look }
}

/** Installing an agent, and taking it away again. */
export function useInstall(id: ProviderId, name: string, onDone: (agents: CatalogueAgent[]) => void) {
  const [parts, setParts] = useState<number | null>(null)
  const abort = useRef<AbortController | null>(null)
  useEffect(() => () => abort.current?.abort(), [])
  const install = useAction(
    async () => {
      const install_id = crypto.randomUUID()
      const controller = new AbortController()
      abort.current = controller
      setParts(0)
      const progress = api.providers.onInstall.subscribe(
        { install_id },
        { onData: ({ done }) => setParts(done), onError: () => {} }, // the call itself tells what went wrong
      )
      try {
        return await api.providers.install.mutate({ id, install_id }, { signal: controller.signal })
      } finally {
        progress.unsubscribe()
        setParts(null)
      }
    },
    {
      onSuccess: (agents) => {
        onDone(agents)
        showToast({ tone: 'good', title: texts.agentSettings.installed(name) })
      },
      failed: texts.agentSettings.installFailed(name),
    },
  )
  const remove = useAction(() => api.providers.remove.mutate({ id }), {
    onSuccess: (agents) => {
      onDone(agents)
      showToast({ title: texts.agentSettings.removed(name) })
    },
    failed: texts.agentSettings.notRemoved(name),
  })
  return { parts, install, remove, cancel: () => abort.current?.abort() }
}
