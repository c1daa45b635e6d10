import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { CredentialStatus } from '#shared/provider.ts'
import type { Desktop } from '../platform/desktop-port.ts'

/** The key of the Anthropic API. It never leaves this process: not to windows, logs, the database or children. */
export interface CredentialStore {
  status(): CredentialStatus
  /** The key in force: the environment's wins over the stored one. */
  key(): string | null
  /** Keeps the key, encrypted by the system; where it cannot, for this run only. */
  store(key: string): Promise<CredentialStatus>
  clear(): Promise<CredentialStatus>
  /** Told of each answer of the API to this key, by its HTTP status. */
  heard(key: string, status: number): void
}

const UNAUTHORIZED = 401

/** Reads the encrypted key from `<folder>/credentials.bin`; one that cannot be decrypted any more counts as none. */
export async function openCredentials(options: {
  folder: string
  secrets: Desktop['secrets']
  environmentKey: string | undefined
  /** Told of every key before it is used, so that it can be kept out of sight. */
  onKey?: (key: string) => void
}): Promise<CredentialStore> {
  const { folder, secrets, environmentKey, onKey } = options
  const file = path.join(folder, 'credentials.bin')
  let stored = await readStored(file, secrets)
  if (stored) onKey?.(stored)
  let proof: CredentialStatus['proof'] = 'untried'
  const status = (): CredentialStatus => ({
    provider: 'anthropic',
    source: environmentKey ? 'environment' : stored ? 'stored' : 'none',
    can_store: secrets.isAvailable(),
    proof,
  })
  const inForce = () => environmentKey ?? stored
  /** What is known of the key before says nothing of this one. */
  const put = (key: string | null) => {
    const before = inForce()
    stored = key
    if (inForce() !== before) proof = 'untried'
  }
  return {
    status,
    key: inForce,
    async store(key) {
      onKey?.(key)
      put(key)
      if (!secrets.isAvailable()) return status()
      await mkdir(folder, { recursive: true })
      await writeFile(`${file}.tmp`, secrets.encrypt(key), { mode: 0o600 })
      await rename(`${file}.tmp`, file)
      return status()
    },
    async clear() {
      put(null)
      await rm(file, { force: true })
      return status()
    },
    heard(key, answered) {
      if (key !== inForce()) return // it was changed meanwhile
      if (answered >= 200 && answered < 300) proof = 'works'
      if (answered === UNAUTHORIZED) proof = 'refused'
    },
  }
}

async function readStored(file: string, secrets: Desktop['secrets']): Promise<string | null> {
  if (!secrets.isAvailable()) return null
  try {
    return secrets.decrypt(await readFile(file))
  } catch {
    return null
  }
}
