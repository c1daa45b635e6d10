import type { CatalogueAgent, InstallAgent, ModelOffers, ProviderId } from '#shared/provider.ts'
import type { AppContext } from '../context.ts'

type ProvidersContext = Pick<AppContext, 'providers' | 'progress'>

/** All agents that the app knows: found here, or how to have them. */
export function listAgents(
  ctx: ProvidersContext,
  { refresh }: { refresh: boolean },
  signal: AbortSignal,
): Promise<CatalogueAgent[]> {
  return ctx.providers.catalogue({ refresh }, signal)
}

export function listModels(ctx: ProvidersContext, id: ProviderId, signal: AbortSignal): Promise<ModelOffers> {
  return ctx.providers.models(id, signal)
}

/** Installs an agent into the app's folder; the caller may follow its `install_id`, and ends it by ending the call. */
export async function installAgent(
  ctx: ProvidersContext,
  { id, install_id }: InstallAgent,
  signal: AbortSignal,
): Promise<CatalogueAgent[]> {
  const report = (done: number) => ctx.progress.report(install_id, { phase: 'packages', done, total: 0 })
  report(0)
  try {
    await ctx.providers.install(id, report, signal)
  } finally {
    ctx.progress.report(install_id, undefined)
  }
  return ctx.providers.catalogue({ refresh: true }, signal)
}

export async function removeAgent(
  ctx: ProvidersContext,
  id: ProviderId,
  signal: AbortSignal,
): Promise<CatalogueAgent[]> {
  await ctx.providers.remove(id)
  return ctx.providers.catalogue({ refresh: true }, signal)
}
