import { execFile } from 'node:child_process'
import { userInfo } from 'node:os'
import { promisify } from 'node:util'
import { commandEnvironment } from './environment.ts'

const run = promisify(execFile)
const LONGEST_MS = 2000

/** How the operating system calls its user: the full name when it knows one, else that of the account. */
export async function personName(): Promise<string> {
  const { username, uid } = accountOf()
  const full = await fullName(uid).catch(() => '') // a system that does not tell is no reason to fail
  return full || username || 'Somebody'
}

function accountOf(): { username: string; uid: number } {
  try {
    return userInfo()
  } catch {
    return { username: '', uid: -1 } // an id without an account, as in some containers
  }
}

async function fullName(uid: number): Promise<string> {
  if (process.platform === 'win32') return ''
  const isMac = process.platform === 'darwin'
  const [program, args] = isMac ? (['id', ['-F']] as const) : (['getent', ['passwd', String(uid)]] as const)
  const { stdout } = await run(program, args, { timeout: LONGEST_MS, env: commandEnvironment({}) })
  // name:password:uid:gid:full name,room,phone:home:shell
  const name = isMac ? stdout : (stdout.split(':')[4]?.split(',')[0] ?? '')
  return name.trim().slice(0, 255)
}
