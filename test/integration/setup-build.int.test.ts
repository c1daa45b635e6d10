import { readdir, readFile, symlink } from 'node:fs/promises'
import path from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { importScript, openSetupProject, type SetupProject } from '../helpers/setup-project.ts'

const root = path.resolve(import.meta.dirname, '../..')
const { build, hashSources, isBuilt } = await importScript<{
  build(root: string, sources: string): Promise<void>
  hashSources(root: string): Promise<string>
  isBuilt(root: string, sources: string): Promise<boolean>
}>('setup/build.mjs')

let project: SetupProject

beforeEach(async () => {
  project = await openSetupProject()
  for (const file of ['electron.vite.config.ts', 'package.json', 'package-lock.json', 'tsconfig.json']) {
    await project.write(file, await readFile(path.join(root, file), 'utf8'))
  }
  await project.write('electron/main.ts', 'console.log(1)\n')
  await project.write('electron/behind-window.ts', 'export const behind = 2\n')
  await project.write('electron/preload.ts', 'console.log(2)\n')
  await project.write('renderer/index.html', '<!doctype html><title>Sample</title>\n')
  await project.write('db/one.ts', '')
  await project.write('shared/one.ts', '')
  await symlink(path.join(root, 'node_modules'), path.join(project.folder, 'node_modules'), 'junction')
})
afterEach(() => project[Symbol.asyncDispose]())

it('is built once built, until a source changes', async () => {
  const before = await hashSources(project.folder)
  expect(await isBuilt(project.folder, before)).toBe(false)
  await build(project.folder, before)
  expect(await isBuilt(project.folder, await hashSources(project.folder))).toBe(true)
  expect((await readdir(path.join(project.folder, 'out'))).sort()).toEqual([
    '.sources',
    'main',
    'preload',
    'renderer',
  ])
  await project.write('shared/one.ts', 'export const one = 1\n')
  expect(await isBuilt(project.folder, await hashSources(project.folder))).toBe(false)
})

it('a failed build leaves the old one and nothing half-written', async () => {
  await project.write('out/main/main.js', 'old')
  await project.write('electron/main.ts', 'import "./nowhere.ts"\n')
  await expect(build(project.folder, 'hash')).rejects.toThrow('The build failed; its own words are above.')
  expect(await readFile(path.join(project.folder, 'out/main/main.js'), 'utf8')).toBe('old')
  expect((await readdir(project.folder)).filter((name) => name.startsWith('.out-'))).toEqual([])
})
