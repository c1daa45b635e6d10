// npm run bench [-- --json] [--throttle 4] [NAME…]   measures what the app promises; each module in bench/ that exports
// `bench` joins in. --throttle makes the page of each window so many times slower, that of the anchor too.
import './setup/require-node.mjs'
import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { build } from 'vite'
import { runWithElectron } from './electron/launch.mjs'
import { fetchRuntime, findRuntime } from './electron/runtime.mjs'
import { reportSetupError } from './setup/setup-error.mjs'

const root = path.resolve(import.meta.dirname, '..')
const INSIDE = 'RANGERS_BENCH_RUNTIME'

const { values: options, positionals: names } = parseArgs({
  options: { json: { type: 'boolean', default: false }, throttle: { type: 'string', default: '1' } },
  allowPositionals: true,
})

try {
  process.exitCode = process.env[INSIDE] ? await measure(process.env[INSIDE]) : await enter()
} catch (error) {
  reportSetupError(error)
}

/** Starts this script again where Electron can run: with a display and, as root, in a user namespace. */
async function enter() {
  const runtime = (await findRuntime(root)) ?? (await fetchRuntime(root))
  const command = [process.execPath, import.meta.filename, ...process.argv.slice(2)]
  return runWithElectron(command, {
    root,
    runtime,
    env: { [INSIDE]: runtime.binary, RANGERS_BENCH_THROTTLE: options.throttle },
  })
}

async function measure(binary) {
  const abort = new AbortController()
  for (const name of ['SIGINT', 'SIGTERM']) process.once(name, () => abort.abort())
  const context = {
    electron: process.env.RANGERS_SANDBOX === 'off' ? [binary, '--no-sandbox'] : [binary],
    cache: path.join(root, '.cache', 'bench'),
    signal: abort.signal,
  }
  const rows = []
  for (const bench of await benches()) rows.push(...(await bench(context)))
  process.stdout.write(options.json ? `${JSON.stringify(rows.map(published), null, 2)}\n` : table(rows))
  return rows.every((row) => row.met) ? 0 : 1
}

/** The benchmarks, in the order of their files; all of them, or those that were named. */
async function benches() {
  const folder = path.join(root, 'bench')
  const files = (await readdir(folder)).filter((file) => /\.(ts|mjs)$/.test(file)).sort()
  const wanted = names.length ? files.filter((file) => names.includes(path.parse(file).name)) : files
  const built = await bundle(folder, wanted)
  const modules = await Promise.all(built.map((file) => import(pathToFileURL(file).href)))
  return modules.map((module) => module.bench).filter((bench) => typeof bench === 'function')
}

/** As the app itself is built: what is measured is what people run. Gives the files of the modules. */
async function bundle(folder, files) {
  const { dependencies } = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8'))
  const outDir = path.join(root, '.cache', 'bench', 'modules')
  await build({
    configFile: false,
    logLevel: 'warn',
    root,
    ssr: { noExternal: true, external: ['electron', 'vite', 'drizzle-kit', ...Object.keys(dependencies)] },
    build: {
      ssr: true,
      outDir,
      emptyOutDir: true,
      target: 'node20.18',
      minify: false,
      rolldownOptions: {
        input: Object.fromEntries(files.map((file) => [path.parse(file).name, path.join(folder, file)])),
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  })
  return files.map((file) => path.join(outDir, `${path.parse(file).name}.js`))
}

function published({ id, value, unit, goal, met }) {
  return { id, value, unit, goal, met }
}

function table(rows) {
  const lines = rows.map(({ what, value, unit, goal, met, note }) => [
    what,
    `${round(value)} ${unit}`,
    `≤ ${goal} ${unit}`,
    met ? 'yes' : 'NO',
    note,
  ])
  const all = [['what', 'value', 'goal', 'met', 'seen'], ...lines]
  const widths = all[0].map((_, column) => Math.max(...all.map((line) => line[column].length)))
  return `${all
    .map((line) =>
      line
        .map((cell, column) => cell.padEnd(widths[column]))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')}\n`
}

function round(value) {
  return Number.isFinite(value) ? Number(value.toPrecision(3)) : value
}
