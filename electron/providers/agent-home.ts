import { constants } from 'node:fs'
import { mkdir, readdir, realpath, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { openBeneath } from '../workspaces/open-beneath.ts'
import type { StepRequest } from './provider.ts'

/** What steps that were broken off have left is of use to nobody after so many days. */
const KEPT_DAYS = 7
/** Beside each home, where its agent does not come: a file whose age tells when it was last begun with. */
const USED = '.used'

/**
 * The home of an agent's programs for the steps of one execution that may do the same: made if missing. What an agent leaves
 * in its home (settings, plug-ins, start files of a shell) runs when it is next started, so no other execution, and no
 * reviewer of its own work, begins with it. It stays for a step that is resumed.
 */
export async function openAgentHome(
  folder: string,
  { executionId, tools }: Pick<StepRequest, 'executionId' | 'tools'>,
): Promise<string> {
  if (!/^[\w-]+$/.test(executionId)) throw new Error('An execution id holds letters, digits and dashes')
  const home = join(folder, `${executionId}-${tools}`)
  await mkdir(home, { recursive: true, mode: 0o700 })
  await writeFile(home + USED, '')
  await removeOld(folder, (await usedAt(home)) - KEPT_DAYS * 24 * 3600_000)
  return home
}

/** Writes one of its settings, by a relative path; never through a link that an earlier step of the agent has left. */
export async function writeInHome(home: string, path: string, text: string): Promise<void> {
  const root = await realpath(home)
  const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_TRUNC
  const file = await openBeneath({ root, real: join(root, path), flags, mode: 0o600, makesFolders: true })
  try {
    await file.writeFile(text)
  } finally {
    await file.close()
  }
}

/** Its conversation is over: nobody goes on with it. What cannot be removed now goes with the old ones. */
export async function removeAgentHome(home: string): Promise<void> {
  await rm(home, { recursive: true, force: true, maxRetries: 3 })
    .then(() => rm(home + USED, { force: true }))
    .catch(() => {})
}

async function removeOld(folder: string, oldest: number): Promise<void> {
  const names = await readdir(folder).catch(() => [])
  for (const name of names.filter((one) => !one.endsWith(USED))) {
    const home = join(folder, name)
    if ((await usedAt(home)) < oldest) await removeAgentHome(home)
  }
}

/** By the clock of the disk; of what has no such file, when it last changed. */
async function usedAt(home: string): Promise<number> {
  const used = await stat(home + USED).catch(() => stat(home).catch(() => null))
  return used?.mtimeMs ?? Number.POSITIVE_INFINITY // removed meanwhile
}
