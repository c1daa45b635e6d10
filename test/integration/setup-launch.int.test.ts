import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import path from 'node:path'
import { expect, it, onTestFinished } from 'vitest'

const root = path.resolve(import.meta.dirname, '../..')
const withXvfb = it.runIf(existsSync('/usr/bin/Xvfb'))
const PROGRAM = `
import { runWithElectron } from './scripts/electron/launch.mjs'
import { reportSetupError } from './scripts/setup/setup-error.mjs'
const runtime = { kind: 'registry', folder: '/nowhere', binary: '/nowhere/electron' }
const show = 'trap "echo asked to stop; exit 7" INT; echo "$DISPLAY $(id -u) $RANGERS_SANDBOX"; while :; do sleep 0.05; done'
await runWithElectron(['sh', '-c', show], { root: process.cwd(), runtime }).catch(reportSetupError)
`

withXvfb('Ctrl-C asks the app once, waits for it, and leaves no virtual display behind', async () => {
  const { DISPLAY: _x, WAYLAND_DISPLAY: _w, ...env } = process.env
  const args = ['--input-type=module', '--eval', PROGRAM]
  const child = spawn(process.execPath, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'ignore'] })
  onTestFinished(() => void child.kill('SIGTERM'))
  let output = ''
  child.stdout.on('data', (text) => {
    output += text
  })
  await once(child.stdout, 'data')
  const [display, uid] = output.trim().split(' ')
  const socket = `/tmp/.X11-unix/X${display?.slice(1)}`
  expect({ uidIsRoot: uid === '0', isOpen: existsSync(socket) }).toEqual({ uidIsRoot: false, isOpen: true })
  child.kill('SIGINT')
  const [code] = await once(child, 'close')
  expect(output.split('\n').slice(1)).toEqual(['asked to stop', ''])
  expect({ code, isOpen: existsSync(socket) }).toEqual({ code: 130, isOpen: false })
})
