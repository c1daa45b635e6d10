import { createReadStream } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { createInterface } from 'node:readline'

/** As the product: a shorter one is a word of ordinary lines. */
const SHORTEST = 8

/**
 * Looks for the secrets that tests have used in the logs that their apps have written. A scan of no logs, or for no
 * secrets, proves nothing: it throws.
 * @param {string} folder with secrets.jsonl and the logs, as test/helpers/run-logs.ts gathers them
 * @returns {Promise<{ logs: number, lines: number, secrets: number, found: { file: string, line: number, secret: string, text: string }[] }>}
 */
export async function scanLogs(folder) {
  const secrets = await readSecrets(folder)
  const logs = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.log')).sort()
  if (logs.length === 0) throw new Error('No test has left a log: there is nothing to scan.')
  if (secrets.size === 0) throw new Error('No test has planted a secret: there is nothing to look for.')
  const found = []
  let lines = 0
  for (const file of logs) {
    let line = 0
    for await (const text of createInterface(createReadStream(path.join(folder, file), 'utf8'))) {
      line += 1
      for (const [spelling, secret] of secrets)
        if (text.includes(spelling)) found.push({ file, line, secret, text })
    }
    lines += line
  }
  return { logs: logs.length, lines, secrets: new Set(secrets.values()).size, found }
}

/** Every spelling in which a secret could stand in a line, with the secret. */
async function readSecrets(folder) {
  const text = await readFile(path.join(folder, 'secrets.jsonl'), 'utf8').catch(() => '')
  const spellings = new Map()
  for (const line of text.split('\n').filter(Boolean)) {
    const secret = JSON.parse(line)
    if (secret.length < SHORTEST) continue
    for (const spelling of [
      secret,
      encodeURIComponent(secret),
      JSON.stringify(secret).slice(1, -1),
      Buffer.from(secret).toString('base64').replace(/=+$/, ''),
    ])
      spellings.set(spelling, secret)
  }
  return spellings
}
