// What `electron [-r module] path` runs in the registry runtime, in place of Electron's own default_app.asar.
import { existsSync, readFileSync } from 'node:fs'
import Module from 'node:module'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { app } from 'electron/main'

const { entry, preloaded } = parse(process.argv.slice(1))
Object.defineProperty(process, 'defaultApp', { value: true, enumerable: true })
for (const file of preloaded) Module._load(path.resolve(file), null, false)
const manifest = path.join(entry, 'package.json')
const project = existsSync(manifest) ? JSON.parse(readFileSync(manifest, 'utf8')) : undefined
if (project) {
  app.setVersion(project.version ?? '0.0.0')
  app.name = project.productName ?? project.name ?? app.name
}
try {
  const file = Module._resolveFilename(entry, null, true)
  app.setAppPath(project ? entry : path.dirname(file))
  await import(pathToFileURL(file).href) // awaited: Electron then holds 'ready' back until it has run
} catch (error) {
  console.error('App threw an error during load', error)
  process.exit(1)
}

function parse(argv) {
  const preloaded = []
  for (let index = 0; index < argv.length; index++) {
    if (argv[index] === '-r') preloaded.push(argv[++index])
    else if (argv[index] === '--version') {
      console.log(`v${process.versions.electron}`)
      process.exit(0)
    } else if (!argv[index].startsWith('-')) return { entry: path.resolve(argv[index]), preloaded }
  }
  console.error('usage: electron [-r module] path [args]')
  process.exit(1)
}
