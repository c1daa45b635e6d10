import { spawn, spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { SetupError } from '../setup/setup-error.mjs'

const START_TIMEOUT = 15_000

/** Whether a window can only be shown on a virtual display. */
export function needsVirtualDisplay(env = process.env) {
  return process.platform === 'linux' && !env.DISPLAY && !env.WAYLAND_DISPLAY
}

/**
 * Starts Xvfb on a free display number, open to holders of a fresh cookie only. It survives our Ctrl-C, so that the
 * app can close first, and ends with close() or, where setpriv is there, with this process.
 * @returns {Promise<{ env: { DISPLAY: string, XAUTHORITY: string }, close(): Promise<void> }>}
 */
export async function openVirtualDisplay() {
  const folder = await mkdtemp(path.join(tmpdir(), 'rangers-display-'))
  const authority = path.join(folder, 'authority')
  await writeFile(authority, authorityOf(randomBytes(16)), { mode: 0o600 })
  const xvfb = [
    'Xvfb',
    '-displayfd',
    '3',
    '-screen',
    '0',
    '1920x1200x24',
    '-nolisten',
    'tcp',
    '-auth',
    authority,
  ]
  const [command, ...args] = dieWithParent(xvfb)
  const server = spawn(command, args, { detached: true, stdio: ['ignore', 'ignore', 'pipe', 'pipe'] })
  const ended = new Promise((resolve) => server.once('close', resolve))
  const close = async () => {
    if (server.exitCode === null && server.signalCode === null) server.kill('SIGTERM')
    await ended
    await rm(folder, { recursive: true, force: true })
  }
  try {
    const number = await displayNumber(server)
    return { env: { DISPLAY: `:${number}`, XAUTHORITY: authority }, close }
  } catch (error) {
    await close()
    throw error
  }
}

/** Resolves with the number that Xvfb writes to descriptor 3 once it accepts clients. */
function displayNumber(server) {
  return new Promise((resolve, reject) => {
    let words = ''
    server.stderr.on('data', (text) => {
      words += text
    })
    const fail = () =>
      reject(
        new SetupError('The virtual display (Xvfb) did not start; its own words are above.', {
          detail: words || 'Xvfb said nothing.',
        }),
      )
    const timer = setTimeout(() => server.kill('SIGKILL'), START_TIMEOUT)
    server.stdio[3].once('data', (text) => {
      clearTimeout(timer)
      resolve(String(text).trim())
    })
    server.once('error', reject)
    server.once('close', () => {
      clearTimeout(timer)
      fail()
    })
  })
}

/** An Xauthority file with one cookie for every display: family "wild", no address, no number, name, value. */
function authorityOf(cookie) {
  const counted = (bytes) => Buffer.concat([Buffer.from([bytes.length >> 8, bytes.length & 255]), bytes])
  return Buffer.concat([
    Buffer.from([0xff, 0xff]),
    counted(Buffer.alloc(0)),
    counted(Buffer.alloc(0)),
    counted(Buffer.from('MIT-MAGIC-COOKIE-1')),
    counted(cookie),
  ])
}

function dieWithParent(command) {
  const wrapper = ['setpriv', '--pdeathsig', 'TERM']
  return spawnSync(wrapper[0], [...wrapper.slice(1), 'true']).status === 0
    ? [...wrapper, ...command]
    : command
}
