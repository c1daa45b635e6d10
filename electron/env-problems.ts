import { Environment, MADE_SECRETS, SECRET_KEYS } from './env-keys.ts'
import { isPlaceholder, Secret } from './secret.ts'

/** What is wrong with a key. */
export interface Problem {
  key: string
  sentence: string
}

/** Values that do not fit, and secrets that were left as a sample has them, in the order of the schema. */
export function findProblems(values: Record<string, string>, isDevelopment: boolean): Problem[] {
  const samples = isDevelopment ? [] : samplesLeft(values)
  const issues = Environment.safeParse(values).error?.issues ?? []
  const wrong = issues
    .map((issue) => ({ key: String(issue.path[0]), sentence: problem(issue, values) }))
    .filter(({ key }) => !samples.includes(key))
  return [...wrong, ...samples.map((key) => ({ key, sentence: sampleProblem(key) }))]
}

/** A refused one may be a secret all the same; an address may be an ordinary word, a sample is none. */
export function secretsOf(ignored: Problem[], values: Record<string, string>): Secret[] {
  return ignored
    .filter(({ key }) => SECRET_KEYS.has(key) && !key.endsWith('_URL'))
    .map(({ key }) => values[key] ?? '')
    .filter((value) => !isPlaceholder(value))
    .map((value) => new Secret(value))
}

/** As if they had not been set. */
export function without(values: Record<string, string>, ignored: Problem[]): Record<string, string> {
  return Object.fromEntries(Object.entries(values).filter(([key]) => !ignored.some((one) => one.key === key)))
}

function problem(issue: { path: PropertyKey[]; message: string }, values: Record<string, string>): string {
  const key = String(issue.path[0])
  const shown = SECRET_KEYS.has(key) ? 'not valid' : JSON.stringify(values[key])
  return `${key} is ${shown}: expected ${issue.message}.`
}

function samplesLeft(values: Record<string, string>): string[] {
  return Object.keys(values).filter((key) => SECRET_KEYS.has(key) && isPlaceholder(values[key] ?? ''))
}

function sampleProblem(key: string): string {
  const next = MADE_SECRETS.has(key)
    ? `Make one with: node -e "console.log(require('node:crypto').randomBytes(48).toString('base64url'))"`
    : 'Put the real one there, or remove the line.'
  return `${key} still has the value of a sample, which everybody knows. ${next}`
}
