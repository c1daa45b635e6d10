import { stat } from 'node:fs/promises'
import { assertNever } from '#shared/assert-never.ts'
import { Verdict } from '#shared/execution.ts'
import { type ProviderStatus, providerName } from '#shared/provider.ts'
import { SAMPLE_PACKAGE } from '../../sample/sample-files.ts'
import type { Provider, StepFailure, StepRequest, StepResult } from '../provider.ts'
import { readText } from '../tools/workspace-file.ts'
import { anyCardScript } from './any-card-script.ts'
import type { DemoScript } from './demo-script.ts'
import { SAMPLE_SCRIPTS } from './sample-scripts.ts'
import { DEMO_MARK, Stage, type StageTools } from './stage.ts'

/** What is named where others name a model. */
const MODEL = 'demo'

/**
 * Plays a fixed demo without a network: really edits the workspace and really runs the check, but nothing thinks.
 * The sample's cards are done for real; for any other card one small file is written. All it says is marked.
 */
export function createScriptedProvider(tools: StageTools): Provider {
  return {
    id: 'scripted',
    async status(): Promise<ProviderStatus> {
      const message = 'Plays a fixed demo, offline and without a key. It solves the sample’s cards only.'
      return { id: 'scripted', name: providerName('scripted'), available: true, message, is_demo: true }
    },
    async run(request, host) {
      try {
        host.signal.throwIfAborted()
        const folder = await stat(request.workspace).catch(() => null)
        if (!folder?.isDirectory()) {
          const message = `The workspace ${request.workspace} is not there any more. Start the card again.`
          return ended('failed', '', { kind: 'workspace', message, retryable: false })
        }
        const script = await chooseScript(request)
        const stage = new Stage(request, host, tools)
        const text = await play(script, request, stage)
        const answer = isRead(request.phase) ? '' : await stage.answer()
        return ended('completed', answer ? `${text}\n${answer}` : text)
      } catch (error) {
        if (host.signal.aborted) return ended('cancelled', '')
        const message = `The demo agent broke: ${String(error)}. Start the card again.`
        return ended('failed', '', { kind: 'crashed', message, retryable: true })
      }
    },
  }
}

async function chooseScript(request: StepRequest): Promise<DemoScript> {
  const title = titleOf(request.prompt)
  const packageFile = await readText(request.workspace, 'package.json').catch(() => '')
  const isSample = packageFile.includes(`"${SAMPLE_PACKAGE}"`)
  const known = isSample ? Object.entries(SAMPLE_SCRIPTS).find(([name]) => name === title) : undefined
  return known?.[1] ?? anyCardScript(title, request.executionId)
}

/** The prompt's task begins with the card's key and title. */
function titleOf(prompt: string): string {
  const line = /<task>\s*(.+)/.exec(prompt)?.[1] ?? prompt.trim().split('\n')[0] ?? ''
  return line.replace(/^[A-Z][A-Z0-9]*-\d+: /, '').trim()
}

/** What it says in these is read by the app, not by a person. */
function isRead(phase: StepRequest['phase']): boolean {
  return phase === 'clarity' || phase === 'review'
}

async function play(script: DemoScript, request: StepRequest, stage: Stage): Promise<string> {
  switch (request.phase) {
    case 'clarity':
      return JSON.stringify({ score: 100, summary: 'The demo is clear.', questions: [] })
    case 'architecture':
      for (const file of script.looksAt) await stage.view(file)
      return stage.say(...sentBack(request.prompt), ...script.plan)
    case 'development':
      return work(script.development, stage)
    case 'fix':
      return work(script.fix, stage)
    case 'review':
      return JSON.stringify(await review(script, stage))
    default:
      return assertNever(request.phase)
  }
}

/** A plan that a person has sent back stays as it was; it says so instead of passing for another one. */
function sentBack(prompt: string): string[] {
  const [, wanted] = /[\s\S]*<findings>\n([\s\S]*?)\n<\/findings>/.exec(prompt) ?? []
  const summary = wanted === undefined ? null : summaryOf(wanted)
  if (summary === null) return []
  const asked = summary.replace(/\s+/g, ' ')
  return [`You asked for “${asked}”. I play a fixed script, so the plan stays as it was.`]
}

/** Null: the card's own text looks like findings, and is none. */
function summaryOf(findings: string): string | null {
  try {
    return Verdict.parse(JSON.parse(findings)).summary
  } catch {
    return null
  }
}

async function work(part: DemoScript['development'], stage: Stage): Promise<string> {
  await stage.say(part.says)
  for (const edit of part.edits) await stage.edit(edit)
  const check = await stage.check()
  return stage.say(part.done, ...(check ? [outcomeOf(check.exitCode)] : []))
}

function outcomeOf(exitCode: number | null): string {
  if (exitCode === 0) return 'The check passes.'
  if (exitCode === null) return 'The check was ended before it was done.'
  return `The check ends with exit code ${exitCode}. See its output; the demo agent does not read it.`
}

/** Looks whether the finding still stands, so that a resumed or repeated review judges rightly. */
async function review({ review, looksAt }: DemoScript, stage: Stage): Promise<Verdict> {
  const { near, ...finding } = review.finding
  let about: string | null = null
  for (const file of new Set([...looksAt, finding.file])) {
    const text = await stage.view(file)
    if (file === finding.file) about = text
  }
  const { resolvedBy } = review
  const proof = resolvedBy.file === finding.file ? about : await stage.view(resolvedBy.file)
  if (proof?.includes(resolvedBy.contains)) {
    await stage.say(review.approved)
    return { status: 'APPROVED', summary: DEMO_MARK + review.approved, findings: [] }
  }
  await stage.say(review.requested, finding.finding)
  const at = about?.split('\n').findIndex((line) => line.includes(near)) ?? -1
  const line = at < 0 ? null : at + 1
  const findings = [{ ...finding, finding: DEMO_MARK + finding.finding, line }]
  return { status: 'CHANGES_REQUESTED', summary: DEMO_MARK + review.requested, findings }
}

function ended(status: StepResult['status'], text: string, failure?: StepFailure): StepResult {
  const usage = { input: 0, output: 0, cache_read: 0, cache_write: 0 }
  return { status, text, turns: 1, usage, costUsd: 0, model: MODEL, ...(failure ? { failure } : {}) }
}
