import '@fontsource-variable/inter/wght.css'
import './ui/fonts.css'
import './ui/tokens.css'
import './ui/base.css'
import { connection } from './lib/connection.ts'
import { firstAnswers } from './lib/first-answers.ts'
import { readLastScreen } from './lib/read-last-screen.ts'

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no #root')

// Asked for with the first text, it would come after it, and all be laid out again.
document.fonts.load('1em "Inter Latin"').catch(() => {}) // the system's serves as well

const last = readLastScreen()
if (!last) firstAnswers.ask(connection, location.hash)

/** The frame of the window is painted before the app's code is read; a hidden window has no frames to wait for. */
const painted = new Promise<void>((resolve) => {
  requestAnimationFrame(() => setTimeout(resolve))
  setTimeout(resolve, 100)
})
void painted.then(() => import('./app/mount.tsx')).then(({ mount }) => mount(root, last))
