// node scripts/scan-logs.mjs FOLDER   the last stage of npm test: no secret of any test is in the log of any app.
import './setup/require-node.mjs'
import { scanLogs } from './setup/scan-logs.mjs'

const folder = process.argv[2] ?? process.env.RANGERS_TEST_LOGS ?? ''
const { logs, lines, secrets, found } = await scanLogs(folder)
for (const { file, line, secret, text } of found)
  process.stdout.write(`${file}:${line} holds the secret ${secret}\n  ${text.slice(0, 500)}\n`)
process.stdout.write(
  `${secrets} secrets, looked for in ${lines} lines of ${logs} logs: ${found.length} found\n`,
)
process.exitCode = found.length === 0 ? 0 : 1
