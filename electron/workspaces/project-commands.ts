import { constants, open } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { ProjectCommands } from '#shared/project.ts'

const strings = z.record(z.string(), z.unknown()).optional()
const PackageFile = z.object({ scripts: strings, dependencies: strings, devDependencies: strings })
type PackageFile = z.infer<typeof PackageFile>

/** What npm writes into a new package: it fails on purpose. */
const NO_TEST = 'no test specified'

/** The text of a file in the root of the project; null when it is not there. */
type Read = (name: string) => Promise<string | null>

/**
 * The commands that probably prepare, lint, test and start this project, from the files in its root; null where none is
 * known. Only proposals: the files are data, and nothing is run until the person accepts it.
 */
export async function proposeCommands(folder: string): Promise<ProjectCommands> {
  const read = rememberingReader(folder)
  const [setup, lint, test, run] = await Promise.all([
    proposeSetup(read),
    proposeLint(read),
    proposeTest(read),
    proposeRun(read),
  ])
  return { setup_command: setup, lint_command: lint, check_command: test, run_command: run }
}

async function proposeSetup(read: Read): Promise<string | null> {
  return (
    (await hasTarget(read, 'setup')) ??
    (await installOf(read)) ??
    (await first(read, [
      ['uv.lock', 'uv sync'],
      ['poetry.lock', 'poetry install'],
      ['Cargo.toml', 'cargo fetch'],
      ['go.mod', 'go mod download'],
      ['Gemfile.lock', 'bundle install'],
      ['composer.lock', 'composer install'],
    ]))
  )
}

async function proposeLint(read: Read): Promise<string | null> {
  return (
    (await scriptOf(read, 'lint')) ??
    (await hasTarget(read, 'lint')) ??
    ((await usesRuff(read)) ? 'ruff check .' : null) ??
    (await first(read, [['go.mod', 'go vet ./...']]))
  )
}

async function proposeTest(read: Read): Promise<string | null> {
  return (
    (await scriptOf(read, 'test')) ??
    (await hasTarget(read, 'test')) ??
    (await first(read, [
      ['Cargo.toml', 'cargo test'],
      ['go.mod', 'go test ./...'],
    ])) ??
    ((await usesPytest(read)) ? 'python -m pytest' : null) ??
    (await first(read, [
      ['pom.xml', 'mvn -q test'],
      ['gradlew', './gradlew test'],
    ]))
  )
}

async function proposeRun(read: Read): Promise<string | null> {
  return (
    (await scriptOf(read, 'dev')) ??
    (await scriptOf(read, 'start')) ??
    (await hasTarget(read, 'run')) ??
    (await first(read, [
      ['manage.py', 'python manage.py runserver'],
      ['src/main.rs', 'cargo run'],
      ['main.go', 'go run .'],
    ]))
  )
}

/** Nothing to install where nothing is depended on. */
async function installOf(read: Read): Promise<string | null> {
  const file = await packageOf(read)
  const needed = [...Object.keys(file?.dependencies ?? {}), ...Object.keys(file?.devDependencies ?? {})]
  if (needed.length === 0) return null
  return (
    (await first(read, [
      ['pnpm-lock.yaml', 'pnpm install --frozen-lockfile'],
      ['yarn.lock', 'yarn install --frozen-lockfile'],
      ['bun.lock', 'bun install --frozen-lockfile'],
      ['bun.lockb', 'bun install --frozen-lockfile'],
      ['package-lock.json', 'npm ci'],
    ])) ?? 'npm install'
  )
}

async function scriptOf(read: Read, name: string): Promise<string | null> {
  const script = (await packageOf(read))?.scripts?.[name]
  if (typeof script !== 'string' || script.includes(NO_TEST)) return null
  const runner = await first(read, [
    ['pnpm-lock.yaml', 'pnpm'],
    ['yarn.lock', 'yarn'],
    ['bun.lock', 'bun run'],
    ['bun.lockb', 'bun run'],
  ])
  if (runner) return `${runner} ${name}`
  return name === 'test' || name === 'start' ? `npm ${name}` : `npm run ${name}`
}

async function packageOf(read: Read): Promise<PackageFile | null> {
  return PackageFile.safeParse(parsed(await read('package.json'))).data ?? null
}

async function hasTarget(read: Read, name: string): Promise<string | null> {
  const makefile = (await read('Makefile')) ?? ''
  return new RegExp(`^${name}[ \\t]*:(?!=)`, 'm').test(makefile) ? `make ${name}` : null
}

async function usesPytest(read: Read): Promise<boolean> {
  if ((await read('pytest.ini')) !== null || (await read('conftest.py')) !== null) return true
  const files = await Promise.all(['pyproject.toml', 'tox.ini', 'setup.cfg', 'requirements.txt'].map(read))
  return files.some((text) => text?.includes('pytest'))
}

async function usesRuff(read: Read): Promise<boolean> {
  if ((await read('ruff.toml')) !== null || (await read('.ruff.toml')) !== null) return true
  return (await read('pyproject.toml'))?.includes('[tool.ruff') ?? false
}

/** What belongs to the first of these files that is there. */
async function first(read: Read, answers: readonly (readonly [string, string])[]): Promise<string | null> {
  for (const [name, answer] of answers) if ((await read(name)) !== null) return answer
  return null
}

function rememberingReader(folder: string): Read {
  const texts = new Map<string, Promise<string | null>>()
  return (name) => {
    const text = texts.get(name) ?? readBounded(join(folder, name))
    texts.set(name, text)
    return text
  }
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
