import { existsSync } from 'node:fs'
import { chmod, rm } from 'node:fs/promises'
import path from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { importScript, openSetupProject, runNode, type SetupProject } from '../helpers/setup-project.ts'

const { staleDependencies, installDependencies } = await importScript<{
  staleDependencies(root: string): Promise<string | undefined>
  installDependencies(root: string): Promise<void>
}>('setup/dependencies.mjs')
const { requireFreeSpace } = await importScript<{
  requireFreeSpace(folder: string, gigabytes: number): Promise<void>
}>('setup/disk.mjs')

const FAR_AWAY = { version: '1.0.0', optional: true, os: ['plan9'] }
let project: SetupProject

beforeEach(async () => {
  project = await openSetupProject()
  await project.write('package.json', { name: 'sample', dependencies: { greeting: '1.0.0' } })
  await writeLock('1.0.0')
})
afterEach(() => project[Symbol.asyncDispose]())

it('tells that nothing is installed yet', async () => {
  expect(await staleDependencies(project.folder)).toBe('not installed yet')
})

it('is content when the installed versions are those of the lock', async () => {
  await writeInstalled('1.0.0')
  expect(await staleDependencies(project.folder)).toBeUndefined()
})

it('names a package whose version changed', async () => {
  await writeInstalled('1.0.0')
  await writeLock('1.1.0')
  expect(await staleDependencies(project.folder)).toBe('greeting changed')
})

it('names a package whose folder is gone', async () => {
  await writeInstalled('1.0.0')
  await rm(path.join(project.folder, 'node_modules/greeting'), { recursive: true })
  expect(await staleDependencies(project.folder)).toBe('greeting is missing')
})

it('installs with npm, after which nothing is stale', async () => {
  await project.write('greeting/package.json', { name: 'greeting', version: '1.0.0' })
  await project.write('package.json', { name: 'sample', dependencies: { greeting: 'file:greeting' } })
  await project.write('package-lock.json', {
    lockfileVersion: 3,
    packages: {
      '': { dependencies: { greeting: 'file:greeting' } },
      greeting: { version: '1.0.0' },
      'node_modules/greeting': { resolved: 'greeting', link: true },
    },
  })
  await installDependencies(project.folder)
  expect(await staleDependencies(project.folder)).toBeUndefined()
})

it('begins anew after an install that was broken off', async () => {
  await project.write('package.json', { name: 'sample' })
  await project.write('package-lock.json', { lockfileVersion: 3, packages: { '': { name: 'sample' } } })
  await project.write('node_modules/greeting/half', '')
  await installDependencies(project.folder)
  expect(existsSync(path.join(project.folder, 'node_modules/greeting'))).toBe(false)
})

it('says in one sentence that the registry is out of reach', async () => {
  const env = {
    npm_config_registry: 'http://127.0.0.1:9',
    npm_config_fetch_retries: '0',
    npm_config_cache: path.join(project.folder, 'cache'),
  }
  const ended = await runNode(['scripts/start.mjs'], { cwd: project.folder, env })
  expect({ code: ended.code, sentence: lastLine(ended.stderr) }).toEqual({
    code: 1,
    sentence:
      'npm could not reach its registry. Check the network (and `npm config get registry`) and run the command again.',
  })
})

it('says in one sentence that the folder cannot be written to', async () => {
  await chmod(project.folder, 0o555)
  const ended = await runNode(['scripts/start.mjs'], { cwd: project.folder, ordinary: true })
  await chmod(project.folder, 0o755)
  expect({ code: ended.code, stderr: ended.stderr }).toEqual({
    code: 1,
    stderr: `${project.folder} cannot be written to. Give your user write access to it and run the command again.\n`,
  })
})

it('says in one sentence that the disk is too full, and how much is needed', async () => {
  await expect(requireFreeSpace(project.folder, 1e9)).rejects.toThrow(
    /^The set-up needs about 1000000000 GB on the disk of .+, and only [\d.]+ GB are free\. Free some space/,
  )
})

function writeLock(version: string): Promise<void> {
  return project.write('package-lock.json', {
    packages: {
      '': { dependencies: { greeting: '1.0.0' } },
      'node_modules/greeting': { version, resolved: 'http://127.0.0.1:9/greeting-1.0.0.tgz' },
      'node_modules/far-away': FAR_AWAY,
    },
  })
}

async function writeInstalled(version: string): Promise<void> {
  await project.write('node_modules/.package-lock.json', {
    packages: { 'node_modules/greeting': { version } },
  })
  await project.write('node_modules/greeting/package.json', { name: 'greeting', version })
}

function lastLine(text: string): string | undefined {
  return text.trimEnd().split('\n').at(-1)
}
