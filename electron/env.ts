import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseEnv } from 'node:util'
import { ConfigError } from './config-error.ts'

/** What was set: keys in capitals, no value empty. */
export type EnvValues = Record<string, string>

/** Handed in by tests; `cwd` holds `.env` and `.env.api`. */
export interface EnvSource {
  env?: Record<string, string | undefined>
  cwd?: string
}

/**
 * The environment, then `.env`, then `.env.api`: the first that has a key decides. Letter case of the keys
 * does not matter, an empty value counts as not set. Throws ConfigError for a file that cannot be read. At once, and not
 * when the thread is free: a start has no window yet that could wait for it (ADR 29).
 */
export function readLayers({ env = process.env, cwd = process.cwd() }: EnvSource = {}): EnvValues {
  const layers = [env, readEnvFile(join(cwd, '.env')), readEnvFile(join(cwd, '.env.api'))]
  return Object.assign({}, ...layers.map(withUpperCaseKeys).reverse())
}

function readEnvFile(file: string): Record<string, string | undefined> {
  try {
    return parseEnv(readFileSync(file, 'utf8')) as Record<string, string | undefined>
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return {}
    throw new ConfigError([`${file} cannot be read: expected a readable text file, or none.`])
  }
}

/** Drops what is empty; where two spellings of a key are set, the one in capitals decides. */
function withUpperCaseKeys(layer: Record<string, string | undefined>): EnvValues {
  const found: EnvValues = {}
  for (const [key, text] of Object.entries(layer)) {
    const value = text?.trim()
    const name = key.toUpperCase()
    if (value && (key === name || !(name in found))) found[name] = value
  }
  return found
}

/** Where the pages come from while developing; electron-vite sets it. */
export function devServerUrl(): string | undefined {
  return process.env.ELECTRON_RENDERER_URL
}

/**
 * What a program of ours that runs beside the app needs of the environment: no keys. Within Electron it is run by
 * Electron as plain Node, so that nothing else has to be installed.
 */
export function companionEnvironment(): Record<string, string> {
  const names = ['PATH', 'HOME', 'TMPDIR', 'SystemRoot', 'USERPROFILE', 'TEMP']
  const kept = names.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : []))
  return { ...Object.fromEntries(kept), ...(process.versions.electron && { ELECTRON_RUN_AS_NODE: '1' }) }
}
