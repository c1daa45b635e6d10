import { mkdir, mkdtemp, realpath, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { buildPrograms } from '../../test/helpers/build-program.ts'
import { keepLogs } from '../../test/helpers/run-logs.ts'
import { startSoakServer } from './server.ts'
import { type SoakResult, soak } from './soak.ts'

/** Builds the apps, starts a server in a folder of its own, soaks, and removes everything; a failed run is kept to look at. */
export async function runSoak(
  options: { seconds: number; seed: number; tell: (line: string) => void },
  signal: AbortSignal,
): Promise<SoakResult> {
  const folder = await realpath(await mkdtemp(path.join(tmpdir(), 'rangers-soak-')))
  const programs = await buildPrograms({ app: 'scripts/soak/app.ts', watchdog: 'db/embedded/watchdog.ts' })
  let keep = false
  try {
    const server = await startSoakServer({
      dataFolder: path.join(folder, 'postgres'),
      runtimeFolder: path.join(folder, 'run'),
      watchdogProgram: programs.path.watchdog,
      signal,
    })
    try {
      await mkdir(path.join(folder, 'apps'))
      const result = await soak({
        ...options,
        folder: path.join(folder, 'apps'),
        programs: programs.path,
        server,
        signal,
      })
      keep = result.problems.length > 0
      if (keep) options.tell(`Logs and database are kept in ${folder}`)
      return result
    } finally {
      await server.close()
    }
  } finally {
    await programs.remove()
    await keepLogs(folder)
    if (!keep) await rm(folder, { recursive: true, force: true })
  }
}
