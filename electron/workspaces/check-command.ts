import { constants, open } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'

const PackageFile = z.object({ scripts: z.record(z.string(), z.unknown()).optional() })

/** What npm writes into a new package: it fails on purpose. */
const NO_TEST = 'no test specified'

/**
 * The command that probably tests this project, from the files in its root; null when none is known. Only a
 * proposal: the files are data, and nothing is run until the person accepts it.
 */
export async function proposeCheckCommand(folder: string): Promise<string | null> {
  const read = (name: string) => readBounded(join(folder, name))
  return (
    (await fromPackage(await read('package.json'), async (name) => (await read(name)) !== null)) ??
    (/^test\s*:/m.test((await read('Makefile')) ?? '') ? 'make test' : null) ??
    ((await read('Cargo.toml')) !== null ? 'cargo test' : null) ??
    ((await read('go.mod')) !== null ? 'go test ./...' : null) ??
    ((await usesPytest(read)) ? 'python -m pytest' : null) ??
    ((await read('pom.xml')) !== null ? 'mvn -q test' : null) ??
    ((await read('gradlew')) !== null ? './gradlew test' : null)
  )
}

async function fromPackage(
  text: string | null,
  exists: (name: string) => Promise<boolean>,
): Promise<string | null> {
  const file = PackageFile.safeParse(parsed(text))
  const script = file.success ? file.data.scripts?.test : undefined
  if (typeof script !== 'string' || script.includes(NO_TEST)) return null
  if (await exists('pnpm-lock.yaml')) return 'pnpm test'
  if (await exists('yarn.lock')) return 'yarn test'
  if ((await exists('bun.lock')) || (await exists('bun.lockb'))) return 'bun run test'
  return 'npm test'
}

async function usesPytest(read: (name: string) => Promise<string | null>): Promise<boolean> {
  if ((await read('pytest.ini')) !== null || (await read('conftest.py')) !== null) return true
  const files = await Promise.all(['pyproject.toml', 'tox.ini', 'setup.cfg', 'requirements.txt'].map(read))
  return files.some((text) => text?.includes('pytest'))
}

/** The first 256 kB: enough for every file that people write by hand. */
async function readBounded(path: string): Promise<string | null> {
  const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK).catch(() => null)
  if (!file) return null
  try {
    if (!(await file.stat()).isFile()) return null
    const { buffer, bytesRead } = await file.read(Buffer.alloc(256 * 1024), 0, 256 * 1024, 0)
    return buffer.toString('utf8', 0, bytesRead)
  } finally {
    await file.close()
  }
}

function parsed(text: string | null): unknown {
  try {
    return text === null ? null : JSON.parse(text)
  } catch {
    return null
  }
}
