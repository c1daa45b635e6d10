import { needsVirtualDisplay } from '../electron/display.mjs'
import { fetchRuntime, findRuntime, REGISTRY_REMARK } from '../electron/runtime.mjs'
import { build, hashSources, isBuilt } from './build.mjs'
import { installDependencies, staleDependencies } from './dependencies.mjs'
import { installSystemLibraries, missingSystemLibraries } from './system-libraries.mjs'

/**
 * Makes the project in `root` ready to run. What is done already costs milliseconds and prints nothing.
 * @param {string} root @param {ReturnType<typeof import('./steps.mjs').printedSteps>} steps
 */
export async function setUpProject(root, steps) {
  const stale = await staleDependencies(root)
  if (stale) await steps.run(`Installing dependencies (${stale})`, () => installDependencies(root))
}

/**
 * Makes Electron ready: the runtime, and the system libraries it needs.
 * @param {string} root @param {ReturnType<typeof import('./steps.mjs').printedSteps>} steps
 */
export async function setUpElectron(root, steps) {
  let runtime = await findRuntime(root)
  if (!runtime)
    await steps.run('Fetching Electron', async () => {
      runtime = await fetchRuntime(root)
      return runtime.kind === 'registry' ? REGISTRY_REMARK : 'official'
    })
  if (process.platform === 'linux') await setUpSystemLibraries(runtime, steps)
  return runtime
}

/** Builds out/ when the sources are newer. @param {string} root */
export async function setUpBuild(root, steps) {
  const sources = await hashSources(root)
  if (!(await isBuilt(root, sources))) await steps.run('Building', () => build(root, sources))
}

async function setUpSystemLibraries({ binary }, steps) {
  const missing = await missingSystemLibraries({ binary, display: needsVirtualDisplay() })
  if (missing.libraries.length + missing.packages.length === 0) return
  await steps.run(`Installing system libraries (${missing.packages.join(', ')})`, () =>
    installSystemLibraries(missing),
  )
}
