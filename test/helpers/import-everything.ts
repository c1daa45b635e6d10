/**
 * Imports every module of db/, shared/ and what of electron/ runs without Electron, in a fresh process, and says as a line
 * of JSON what that did to the outside: nothing, as it should.
 */
import childProcess from 'node:child_process'
import dns from 'node:dns'
import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import net from 'node:net'

export interface ImportReport {
  count: number
  failed: string[]
  /** What was read, opened and started. */
  did: string[]
  /** What keeps the process busy. */
  left: string[]
}

const modules = import.meta.glob([
  '../../{db,shared}/**/*.ts',
  '../../electron/{api,events,orchestrator,platform,providers,sample,services,workspaces}/**/*.ts',
  '../../electron/{env,env-values,log,log-context,log-file,log-redact,open-app,migrate-database}.ts',
  '!../../electron/platform/desktop{,-notices}.ts', // Electron's
  '!../../db/embedded/watchdog.ts', // a program
  '!../../db/migration-{check,make,schema}.ts', // load drizzle-kit, a tool of developers
])

const did: string[] = []
const ours = new Set((process.env.SPIED_KEYS ?? '').split(','))
process.env = new Proxy(process.env, {
  get(env, key) {
    if (typeof key === 'string' && ours.has(key)) did.push(`read ${key}`)
    return Reflect.get(env, key)
  },
})

function spy<T extends object>(owner: T, name: string, ...methods: (keyof T & string)[]): void {
  for (const method of methods) {
    const real = owner[method]
    if (typeof real !== 'function') continue
    Object.assign(owner, {
      [method](this: unknown, ...args: unknown[]) {
        did.push(`${name}.${method} ${String(args[0])}`)
        return Reflect.apply(real, this, args)
      },
    })
  }
}
spy(net.Socket.prototype, 'socket', 'connect')
spy(net.Server.prototype, 'server', 'listen')
spy(dns, 'dns', 'lookup')
spy(childProcess, 'child', 'spawn', 'execFile', 'fork', 'spawnSync', 'execFileSync', 'execSync')
spy(fs, 'fs', 'mkdir', 'mkdirSync', 'writeFile', 'writeFileSync', 'createWriteStream', 'watch')
spy(fs.promises, 'fs', 'open', 'mkdir', 'writeFile', 'mkdtemp', 'rename', 'rm')
syncBuiltinESMExports() // for those who import them by name

void [process.stdout, process.stderr] // open in any case; Node makes them when they are first looked at
const before = process.getActiveResourcesInfo()
const failed: string[] = []
for (const [name, load] of Object.entries(modules))
  await load().catch((error: unknown) => failed.push(`${name}: ${error}`))
const left = process.getActiveResourcesInfo().filter((kind) => !before.includes(kind))
const report: ImportReport = { count: Object.keys(modules).length, failed, did, left }
process.stdout.write(JSON.stringify(report))
