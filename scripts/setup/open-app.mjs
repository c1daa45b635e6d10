import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import { needsVirtualDisplay } from '../electron/display.mjs'
import { appCommand, runWithElectron } from '../electron/launch.mjs'
import { setUpBuild, setUpElectron, setUpProject } from './set-up.mjs'
import { reportSetupError } from './setup-error.mjs'
import { printedSteps } from './steps.mjs'

/** Sets up what is missing and opens the app with `args`; this process ends with it and takes over its exit code. */
export async function openApp(args) {
  const root = path.resolve(import.meta.dirname, '../..')
  const steps = printedSteps(process.stdout)
  try {
    await setUpProject(root, steps)
    const runtime = await setUpElectron(root, steps)
    await setUpBuild(root, steps)
    const env = needsVirtualDisplay() ? await screenshotEnvironment(root, steps) : {}
    process.exitCode = await runWithElectron([...appCommand(runtime), ...args], { root, runtime, env })
  } catch (error) {
    reportSetupError(error)
  }
}

/** Without a display the window is real but unseen: the app keeps a picture of it in a file. */
async function screenshotEnvironment(root, steps) {
  const file = path.resolve(process.env.RANGERS_SCREENSHOT || path.join(root, '.cache', 'window.png'))
  await mkdir(path.dirname(file), { recursive: true })
  steps.say(
    'There is no display here, so the window opens on a virtual one. What it shows is kept in this file, renewed at each change:',
  )
  steps.say(`  ${file}`)
  steps.say('To work without a window: npm run rangers -- --help. Ctrl-C ends the app.')
  return { RANGERS_SCREENSHOT: file }
}
