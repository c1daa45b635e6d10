import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { RefusedError } from '#shared/errors.ts'
import type { Priority } from '#shared/task.ts'
import { git } from '../platform/git.ts'
import { SAMPLE_HISTORY, type SampleCommit } from './sample-files.ts'

export const SAMPLE_NAME = 'Sample: durations'

const CHECK_COMMAND = 'npm test'

interface SampleCard {
  title: string
  description: string
  priority: Priority
}

/** The cards of the sample's board. The demo agent knows them by their titles. */
export const SAMPLE_CARDS = [
  {
    title: 'Write 90 minutes as 1h 30m',
    description:
      '`formatDuration(5400)` answers `1h 90m`. It should be `1h 30m`. A test shows it: `npm test` fails at the moment.',
    priority: 'high',
  },
  {
    title: 'Understand days',
    description: '`parseDuration("2d 4h")` should answer 187200. A day has 24 hours here.',
    priority: 'medium',
  },
  {
    title: 'Refuse what is no duration',
    description:
      '`parseDuration("soon")` answers 0, and nobody notices the mistake. Throw a RangeError instead.',
    priority: 'medium',
  },
  {
    title: 'Say durations in words',
    description: 'A new function `humanize(seconds)` for people: `humanize(7300)` answers “about 2 hours”.',
    priority: 'low',
  },
] as const satisfies readonly SampleCard[]

export type SampleTitle = (typeof SAMPLE_CARDS)[number]['title']

const AUTHOR = { NAME: 'Robin Sample', EMAIL: 'robin@rangers.local' }

/**
 * Makes the sample repository: real commits, one failing test. The same call again leaves a sample that is there as
 * it is; one that is cut short leaves nothing at `folder`. Throws RefusedError FOLDER_IN_USE when something else is
 * there.
 */
export async function createSampleRepository(
  folder: string,
  signal: AbortSignal,
): Promise<{ checkCommand: string }> {
  const names: string[] = await readdir(folder).catch(() => [])
  if (names.includes('.git') && names.includes('src')) return { checkCommand: CHECK_COMMAND }
  if (names.length > 0) {
    throw new RefusedError(
      'FOLDER_IN_USE',
      `The folder ${folder} is not empty. Move it away to get the sample.`,
    )
  }
  const draft = `${folder}.draft`
  await rm(draft, { recursive: true, force: true })
  await mkdir(draft, { recursive: true })
  await git(['init', '--quiet', '--initial-branch=main'], { cwd: draft, signal })
  for (const commit of SAMPLE_HISTORY) await replay(draft, commit, signal)
  await rm(folder, { recursive: true, force: true }) // empty: rename wants it gone on some systems
  await rename(draft, folder)
  return { checkCommand: CHECK_COMMAND }
}

async function replay(folder: string, commit: SampleCommit, signal: AbortSignal): Promise<void> {
  for (const [name, text] of Object.entries(commit.files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true })
    await writeFile(join(folder, name), text)
  }
  const who = ['AUTHOR', 'COMMITTER'].flatMap((role) => [
    [`GIT_${role}_NAME`, AUTHOR.NAME],
    [`GIT_${role}_EMAIL`, AUTHOR.EMAIL],
    [`GIT_${role}_DATE`, commit.date],
  ])
  await git(['add', '--all'], { cwd: folder, signal })
  await git(['commit', '--quiet', '-m', commit.message], {
    cwd: folder,
    signal,
    env: Object.fromEntries(who),
  })
}
