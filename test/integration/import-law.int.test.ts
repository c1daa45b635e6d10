import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, it } from 'vitest'

const root = path.resolve(import.meta.dirname, '../..')
const run = promisify(execFile)

interface Law {
  name: string
}
interface Report {
  summary: { violations: { from: string; rule: Law }[] }
}

/** One planted violation of each law: law, file, the import it must not make. */
const PLANTS = [
  ['no-cycles', 'electron/platform/chicken.ts', './egg.ts'],
  ['resolvable', 'electron/services/typo.ts', './nowhere.ts'],
  ['shared-is-pure', 'shared/impure.ts', 'node:fs'],
  ['drizzle-stays-in-db', 'electron/services/sql.ts', 'drizzle-orm'],
  ['db-knows-no-app', 'db/queries/nosy.ts', '../../electron/services/plain.ts'],
  ['embedded-server-is-plain', 'db/embedded/mapped.ts', 'drizzle-orm'],
  ['electron-knows-no-renderer', 'electron/services/visual.ts', '../../renderer/ui/plain.ts'],
  ['api-is-thin', 'electron/api/thick.ts', '#db/queries/plain.ts'],
  ['services-know-no-transport', 'electron/services/wired.ts', '@trpc/server'],
  ['decide-is-pure', 'electron/orchestrator/decide.ts', 'node:crypto'],
  ['orchestrator-sees-providers-as-interface', 'electron/orchestrator/fond.ts', '../providers/scripted.ts'],
  ['providers-are-leaves', 'electron/providers/reader.ts', '#db/queries/plain.ts'],
  ['workspaces-know-no-database', 'electron/workspaces/reader.ts', '#db/queries/plain.ts'],
  ['electron-only-at-the-edge', 'electron/services/desktop.ts', 'electron'],
  ['terminal-knows-no-window', 'electron/terminal/visual.ts', '../window.ts'],
  ['renderer-sees-types-only', 'renderer/lib/main-code.ts', '../../electron/services/plain.ts'],
  ['renderer-has-no-node', 'renderer/lib/disk.ts', 'node:fs'],
  ['features-are-islands', 'renderer/features/board/neighbour.ts', '../task/plain.ts'],
  ['renderer-flows-down', 'renderer/ui/upward.ts', '../features/task/plain.ts'],
  ['no-test-in-product', 'electron/services/tested.ts', 'vitest'],
] as const

const BYSTANDERS = [
  'db/queries/plain.ts',
  'electron/services/plain.ts',
  'electron/providers/scripted.ts',
  'electron/window.ts',
  'renderer/ui/plain.ts',
  'renderer/features/task/plain.ts',
]
const PACKAGES = ['drizzle-orm', 'electron', '@trpc/server', 'vitest']

let folder = ''
let violations: Report['summary']['violations'] = []

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'rangers-laws-'))
  for (const file of ['.dependency-cruiser.cjs', 'tsconfig.json', 'package.json']) {
    await cp(path.join(root, file), path.join(folder, file))
  }
  for (const file of BYSTANDERS) await plant(file, 'export const value = 1\n')
  for (const name of PACKAGES) {
    await plant(`node_modules/${name}/package.json`, JSON.stringify({ name, main: 'index.js' }))
    await plant(`node_modules/${name}/index.js`, 'exports.value = 1\n')
  }
  await plant('electron/platform/egg.ts', importing('./chicken.ts'))
  for (const [, file, target] of PLANTS) await plant(file, importing(target))
  violations = await cruise()
})

afterAll(() => rm(folder, { recursive: true, force: true }))

it.each(PLANTS)('%s catches %s', (law, file) => {
  expect(violations.filter((each) => each.from === file).map((each) => each.rule.name)).toContain(law)
})

it('finds nothing in files that break no law', () => {
  expect(violations.filter((each) => BYSTANDERS.includes(each.from))).toEqual([])
})

it('has a planted violation for every law', () => {
  const config = createRequire(import.meta.url)(path.join(root, '.dependency-cruiser.cjs')) as {
    forbidden: Law[]
  }
  expect(PLANTS.map(([law]) => law)).toEqual(config.forbidden.map((law) => law.name))
})

function importing(target: string): string {
  return `import * as planted from '${target}'\nexport const found = planted\n`
}

async function plant(file: string, content: string): Promise<void> {
  await mkdir(path.dirname(path.join(folder, file)), { recursive: true })
  await writeFile(path.join(folder, file), content)
}

/** dependency-cruiser ends with the number of errors as its exit code, which is no failure here. */
async function cruise(): Promise<Report['summary']['violations']> {
  const program = path.join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs')
  const folders = ['db', 'electron', 'renderer', 'shared']
  const args = [program, '--output-type', 'json', ...folders]
  const { stdout } = await run(process.execPath, args, { cwd: folder, maxBuffer: 1e8 }).catch(
    (error) => error,
  )
  return (JSON.parse(stdout) as Report).summary.violations
}
