import { access, readFile, realpath } from 'node:fs/promises'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import { findProgram } from '../../platform/find-program.ts'

export const SDK_PACKAGE = '@anthropic-ai/claude-agent-sdk'
/** The one that this app was tried with, and installs. */
export const SDK_VERSION = '0.3.330'

export interface FoundSdk {
  /** The package's folder. */
  path: string
  version: string
  /** What is imported. */
  file: string
  /** In the app's own folder. */
  isOurs: boolean
  /** The `claude` program of the machine, where the package has none of its own; null: it has. */
  program: string | null
}

const Manifest = z.object({ version: z.string(), main: z.string().default('sdk.mjs') })

/** Where `installSdk` puts it. */
export function sdkFolder(folder: string): string {
  return join(folder, 'claude-agent')
}

/**
 * The SDK in the app's own folder, else that of the machine's global npm packages; null when there is none of the
 * 0.3 line, or no Claude Code to go with it. Starts no process.
 */
export async function findSdk(folder: string): Promise<FoundSdk | null> {
  const ours = join(sdkFolder(folder), 'node_modules')
  for (const modules of [ours, ...(await globalModules())]) {
    const path = join(modules, SDK_PACKAGE)
    const text = await readFile(join(path, 'package.json'), 'utf8').catch(() => null)
    const manifest = text === null ? null : Manifest.safeParse(parsed(text))
    if (!manifest?.success || !manifest.data.version.startsWith('0.3.')) continue
    const program = (await hasNative(modules)) ? null : await findProgram('claude')
    if (program === null && !(await hasNative(modules))) continue
    const { version, main } = manifest.data
    return { path, version, file: join(path, main), isOurs: modules === ours, program }
  }
  return null
}

/** npm's global folder is beside the Node that it belongs to; asking npm would take a second. */
async function globalModules(): Promise<string[]> {
  if (process.platform === 'win32') return [join(homedir(), 'AppData', 'Roaming', 'npm', 'node_modules')]
  const programs = await Promise.all(['npm', 'node'].map((name) => findProgram(name)))
  const folders = programs.flatMap((path) => (path ? [dirname(path)] : []))
  const real = await Promise.all(
    programs.map(async (path) => (path ? dirname(await realpath(path).catch(() => path)) : null)),
  )
  const all = [...folders, ...real.filter((path) => path !== null), join(homedir(), '.npm-global', 'bin')]
  return [...new Set(all.map((bin) => join(dirname(bin), 'lib', 'node_modules')))]
}

/** Claude Code itself comes as a package for each system. */
async function hasNative(modules: string): Promise<boolean> {
  const name = `${SDK_PACKAGE}-${process.platform}-${process.arch}`
  const found = await Promise.all(
    [name, `${name}-musl`].map((path) =>
      access(join(modules, path)).then(
        () => true,
        () => false,
      ),
    ),
  )
  return found.includes(true)
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
