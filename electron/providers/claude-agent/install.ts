import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { RefusedError } from '#shared/errors.ts'
import { findProgram } from '../../platform/find-program.ts'
import { runCommand } from '../../platform/process.ts'
import { SDK_PACKAGE, SDK_VERSION, sdkFolder } from './find-sdk.ts'

export interface InstallRequest {
  /** Holds the folder of the SDK, absolute. */
  folder: string
  instanceId: string
  /** How many parts have come; nobody knows how many there will be. */
  report: (parts: number) => void
  signal: AbortSignal
}

/** Half a gigabyte over a slow line, milliseconds. */
const LONGEST_MS = 30 * 60_000

/**
 * Installs the SDK with npm into the app's own folder, without running any script of the packages: beside its place first,
 * so that one that was broken off leaves nothing that looks whole. Throws RefusedError with what to do.
 */
export async function installSdk({ folder, instanceId, report, signal }: InstallRequest): Promise<void> {
  if (!(await findProgram('npm'))) {
    throw new RefusedError(
      'NPM_MISSING',
      'npm was not found. Install Node.js from nodejs.org, then try again.',
    )
  }
  const place = sdkFolder(folder)
  const draft = `${place}.part`
  await rm(draft, { recursive: true, force: true })
  await mkdir(draft, { recursive: true, mode: 0o700 })
  let parts = 0
  try {
    await writeFile(join(draft, 'package.json'), '{ "private": true }\n')
    const { exitCode, output } = await runCommand({
      command: `npm install --ignore-scripts --no-audit --no-fund --save-exact --loglevel=http ${SDK_PACKAGE}@${SDK_VERSION}`,
      cwd: draft,
      instanceId,
      executionId: 'install-claude-agent',
      timeoutMs: LONGEST_MS,
      signal,
      onOutput: (text) => {
        parts += text.match(/http (fetch|cache) /g)?.length ?? 0
        report(parts)
      },
    })
    signal.throwIfAborted()
    if (exitCode !== 0) throw refusal(output)
    await rm(place, { recursive: true, force: true })
    await rename(draft, place)
  } finally {
    await rm(draft, { recursive: true, force: true })
  }
}

/** Removes what `installSdk` has put there; the person's own global packages are not touched. */
export async function removeSdk(folder: string): Promise<void> {
  await rm(sdkFolder(folder), { recursive: true, force: true })
}

function refusal(output: string): RefusedError {
  const errors = output.split('\n').filter((line) => /npm (error|ERR!)/.test(line))
  const reason = (errors.length > 0 ? errors : output.split('\n')).slice(0, 4).join(' ')
  const why = reason
    .replace(/npm (error|ERR!)/g, '')
    .replace(/\s+/g, ' ')
    .trim()
  return new RefusedError(
    'INSTALL_FAILED',
    `npm could not install the Claude Agent SDK. Check the network and try again. It said: ${why.slice(0, 300)}`,
  )
}
