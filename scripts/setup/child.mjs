import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { stripVTControlCharacters } from 'node:util'

const STOP_TIMEOUT = 10_000
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP']
const ownGroup = process.platform !== 'win32'
const running = new Set()
let stopSignal

/** Ctrl-C, or another request to end. Nothing to report: who opened something closes it, and the process ends. */
export class StoppedError extends Error {
  name = 'StoppedError'

  constructor(signal) {
    super(`stopped by ${signal}`)
    this.exitCode = 128 + constants.signals[signal]
  }
}

/**
 * Starts a program in a process group of its own. Ctrl-C reaches it once, through us; after 10 s, or a second Ctrl-C,
 * what is left of the group is killed. Throws a StoppedError once we are asked to end.
 * @param {string} command @param {string[]} args @param {import('node:child_process').SpawnOptions} [options]
 */
export function startChild(command, args, options = {}) {
  if (stopSignal) throw new StoppedError(stopSignal)
  const child = spawn(command, args, { ...options, detached: ownGroup })
  if (running.size === 0) for (const signal of SIGNALS) process.on(signal, stopAll)
  running.add(child)
  const forget = () => {
    if (running.delete(child) && running.size === 0 && !stopSignal)
      for (const signal of SIGNALS) process.off(signal, stopAll)
  }
  child.once('error', forget)
  child.once('close', forget)
  return child
}

/** Ends the child and everything in its group at once. */
function killGroup(child) {
  try {
    if (ownGroup && child.pid) process.kill(-child.pid, 'SIGKILL')
    else child.kill('SIGKILL')
  } catch (error) {
    if (error.code !== 'ESRCH') throw error
  }
}

/**
 * Resolves with the exit code when the child has ended (128 + number of the signal that ended it).
 * Rejects when the program could not be started, and with a StoppedError when we were asked to end.
 * @returns {Promise<number>}
 */
export function exitOf(child) {
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code, signal) => {
      if (stopSignal) reject(new StoppedError(stopSignal))
      else resolve(code ?? 128 + constants.signals[signal])
    })
  })
}

/**
 * Runs a program to its end without a terminal and keeps what it prints.
 * @param {string} command @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, timeout?: number }} [options] timeout in ms: then the group is killed
 * @returns {Promise<{ code: number, output: string, timedOut: boolean }>} output is stdout and stderr as they came, without colours
 */
export async function capture(command, args, { cwd, env, timeout } = {}) {
  const child = startChild(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8')
    stream.on('data', (text) => {
      output += text
    })
  }
  let timedOut = false
  const stop = () => {
    timedOut = true
    killGroup(child)
  }
  const timer = timeout && setTimeout(stop, timeout)
  try {
    const code = await exitOf(child)
    return { code, output: stripVTControlCharacters(output), timedOut }
  } finally {
    clearTimeout(timer)
  }
}

function stopAll(signal) {
  const giveUp = () => {
    for (const child of running) killGroup(child)
    process.exit(128 + constants.signals[signal])
  }
  if (stopSignal) return giveUp()
  stopSignal = signal
  setTimeout(giveUp, STOP_TIMEOUT).unref() // a child that still runs keeps this process, and so the timer, alive
  for (const child of running) child.kill(signal)
}
