/** The plain agent as a program of its own. PLAIN_DIES: it does not even begin, and says so, nothing (silently) or how it is used (usage). PLAIN_FOLDER: where it tells its environment. */
import { appendFile } from 'node:fs/promises'
import { join } from 'node:path'
import { converse } from './plain-conversation.mjs'

if (process.argv.includes('--version')) {
  process.stdout.write('plain-agent 1.2.3\n')
  process.exit(0)
}
if (process.env.PLAIN_DIES) {
  if (process.env.PLAIN_DIES === 'usage') process.stdout.write('Usage: plain-agent [file]\n')
  else if (process.env.PLAIN_DIES !== 'silently') process.stderr.write('plain-agent: no such luck\n')
  process.exit(3)
}
const { env, stdin, stdout } = process
converse({ env, input: stdin, output: stdout, exit: (code) => process.exit(code) })
if (env.PLAIN_FOLDER) await appendFile(join(env.PLAIN_FOLDER, 'starts.jsonl'), `${JSON.stringify({ env })}\n`)
stdin.once('end', () => process.exit(0))
