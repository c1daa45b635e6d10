import { rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { toAppError } from '#db/error.ts'
import { serverVersion } from '#db/queries/ping.ts'
import type { Check, DatabaseHealth, Health, Readiness } from '#shared/health.ts'
import type { AppContext } from '../context.ts'
import { GIT_STEP, gitVersion, isOldGit } from '../platform/git-version.ts'

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

/** Whether the database answers, and why not; never throws. */
export async function getDatabaseHealth(ctx: Pick<AppContext, 'db'>): Promise<DatabaseHealth> {
  return serverVersion(ctx.db).then(
    () => ({ status: 'ok', database: 'connected' }),
    (error: unknown) => ({ status: 'error', database: reasonOf(error) }),
  )
}

/** Whether work can begin: nothing that it needs is missing. */
export async function getReadiness(ctx: CheckContext, signal: AbortSignal): Promise<Readiness> {
  const checks = await listChecks(ctx, signal)
  return { ready: checks.every((check) => check.state !== 'missing'), checks }
}

type CheckContext = Pick<AppContext, 'db' | 'providers' | 'config' | 'version' | 'migrationState'>

/** What is installed, what is missing and how to fix it; for `rangers doctor` and the settings page. */
export async function listChecks(ctx: CheckContext, signal: AbortSignal): Promise<Check[]> {
  const [git, database, schema, folder, providers] = await Promise.all([
    checkGit(signal),
    checkServer(ctx),
    checkSchema(ctx),
    checkFolder(ctx.config.dataFolder),
    ctx.providers.statuses(),
  ])
  return [
    { name: 'Agent Rangers', state: 'ok', found: ctx.version, fix: null },
    ...checkConfig(ctx),
    git,
    database,
    schema,
    folder,
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

/** Only where there is something to say. */
function checkConfig({ config }: Pick<CheckContext, 'config'>): Check[] {
  if (config.ignored.length === 0) return []
  const fix =
    'Nothing here uses these keys: correct them, or remove them from the environment or the file .env.'
  return [{ name: 'Configuration', state: 'warning', found: config.ignored.join(' '), fix }]
}

/** Without it no folder can be opened. */
export async function checkGit(signal: AbortSignal): Promise<Check> {
  const found = await gitVersion(signal).catch(() => null)
  if (!found) return { name: 'git', state: 'missing', found: 'not found', fix: GIT_STEP }
  if (isOldGit(found)) return { name: 'git', state: 'missing', found: found, fix: GIT_STEP }
  return { name: 'git', state: 'ok', found, fix: null }
}

async function checkServer({ db, config }: CheckContext): Promise<Check> {
  const where = config.databaseUrl ? 'the server of DATABASE_URL' : 'embedded'
  return serverVersion(db).then(
    (version): Check => ({ name: 'PostgreSQL', state: 'ok', found: `${version}, ${where}`, fix: null }),
    (error: unknown): Check => ({
      name: 'PostgreSQL',
      state: 'missing',
      found: `${where} does not answer`,
      fix: reasonOf(error),
    }),
  )
}

async function checkSchema(ctx: CheckContext): Promise<Check> {
  const name = 'Database schema'
  const state = await ctx.migrationState().catch(() => null)
  if (!state)
    return { name, state: 'missing', found: 'cannot be read', fix: 'Bring the database back first.' }
  const { applied, pending, changed, unknown } = state
  if (pending.length + changed.length + unknown.length === 0)
    return { name, state: 'ok', found: `${applied.length} migrations, up to date`, fix: null }
  const found = `${pending.length} migrations not applied, ${changed.length} changed, ${unknown.length} unknown`
  const fix =
    pending.length > 0
      ? 'Start the app anew, or run: npm run db -- up'
      : 'Use the version of Agent Rangers that made this schema.'
  return { name, state: 'missing', found, fix }
}

/** By writing: rights alone say nothing of a full disk, or of root on a read-only one. */
async function checkFolder(folder: string): Promise<Check> {
  const name = 'Data folder'
  const probe = path.join(folder, `.write-check-${process.pid}`)
  try {
    await writeFile(probe, 'ok')
    return { name, state: 'ok', found: folder, fix: null }
  } catch {
    const fix = 'Free some space, give yourself the right to write there, or set RANGERS_DATA_DIR.'
    return { name, state: 'missing', found: `${folder} cannot be written`, fix }
  } finally {
    await rm(probe, { force: true }).catch(() => {})
  }
}

function reasonOf(error: unknown): string {
  return toAppError(error)?.message ?? (error instanceof Error ? error.message : String(error))
}
