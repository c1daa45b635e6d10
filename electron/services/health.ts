import { serverVersion } from '#db/queries/ping.ts'
import type { Check, Health } from '#shared/health.ts'
import type { AppContext } from '../context.ts'
import { gitVersion } from '../platform/git-version.ts'

/** Both seeds' health bodies in one; never throws. */
export async function getHealth(
  ctx: Pick<AppContext, 'db' | 'poolStatus' | 'version' | 'uptime'>,
): Promise<Health> {
  const isConnected = await serverVersion(ctx.db).then(
    () => true,
    () => false,
  )
  return {
    status: isConnected ? 'healthy' : 'unhealthy',
    ok: isConnected,
    version: ctx.version,
    database: isConnected ? 'connected' : 'disconnected',
    uptime: ctx.uptime(),
    pool: ctx.poolStatus(),
  }
}

/** What is installed, what is missing and how to fix it; for `rangers doctor` and the settings page. */
export async function listChecks(
  ctx: Pick<AppContext, 'db' | 'providers' | 'config' | 'version'>,
  signal: AbortSignal,
): Promise<Check[]> {
  const [git, database, providers] = await Promise.all([
    gitVersion(signal).catch(() => null),
    serverVersion(ctx.db).catch(() => null),
    ctx.providers.statuses(),
  ])
  const where = ctx.config.databaseUrl ? 'the server of DATABASE_URL' : 'embedded'
  return [
    { name: 'Agent Rangers', state: 'ok', found: ctx.version, fix: null },
    git
      ? { name: 'git', state: 'ok', found: git, fix: null }
      : {
          name: 'git',
          state: 'missing',
          found: 'not found',
          fix: 'Install git 2.38 or newer and start again.',
        },
    database
      ? { name: 'PostgreSQL', state: 'ok', found: `${database}, ${where}`, fix: null }
      : {
          name: 'PostgreSQL',
          state: 'missing',
          found: `${where} does not answer`,
          fix: 'Look at the log in the data folder.',
        },
    { name: 'Data folder', state: 'ok', found: ctx.config.dataFolder, fix: null },
    ...providers.map(
      (provider): Check => ({
        name: provider.name,
        state: provider.available ? 'ok' : 'warning',
        found: provider.available ? provider.message : 'not ready',
        fix: provider.available ? null : provider.message,
      }),
    ),
  ]
}
