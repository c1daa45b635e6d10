// An agent of a few lines: asks its model over HTTP until it is refused, twice more, as stubborn agents do, and ends.
const [count] = process.argv.slice(2)
const url = `${process.env.ANTHROPIC_BASE_URL}/v1/messages`
const headers = { 'x-api-key': process.env.ANTHROPIC_API_KEY, 'anthropic-version': '2023-06-01' }
const body = {
  model: 'claude-sonnet-5-5',
  max_tokens: 100,
  stream: true,
  messages: [{ role: 'user', content: 'Go on.' }],
}

async function ask() {
  const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) })
  return `${answer.status} ${(await answer.text()).slice(-300)}`
}

process.stdout.write(`my pass is ${process.env.ANTHROPIC_API_KEY}\n`)
let refusals = 0
while (refusals < 3) {
  const answers = await Promise.all(Array.from({ length: Number(count) }, ask))
  process.stdout.write(`${answers.join('\n')}\n`)
  refusals += answers.filter((answer) => !answer.startsWith('200')).length
}
