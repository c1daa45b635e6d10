import { describe, expect, it } from 'vitest'
import { chooseAgent } from '#electron/orchestrator/choose-agent.ts'
import { parseClarity } from '#electron/orchestrator/clarity.ts'
import { interpret } from '#electron/orchestrator/interpret.ts'
import type { FinishedStep } from '#electron/orchestrator/interpret-walk.ts'
import { proposeNext } from '#electron/orchestrator/proposal.ts'
import { PLAN_GATE, startDefinition } from '#electron/orchestrator/start-definition.ts'
import { stateOf } from '#electron/orchestrator/stored-state.ts'
import { BUILT_IN_WORKFLOWS } from '#shared/built-in-workflows.ts'
import type { Phase, Verdict } from '#shared/execution.ts'
import { UNREADABLE_VERDICT } from '#shared/unreadable-verdict.ts'
import { type AgentNode, WorkflowDefinition, type WorkflowNode } from '#shared/workflow.ts'
import { findWorkflowProblems } from '#shared/workflow-problems.ts'

const agent = (id: string, role: AgentNode['role']): AgentNode => ({ kind: 'agent', id, name: id, role })
const define = (...nodes: WorkflowNode[]): WorkflowDefinition => ({ clarity: false, nodes })
const approved: Verdict = { status: 'APPROVED', summary: 'Good.', findings: [] }
const finding = (text: string, severity: 'major' | 'minor' = 'major') => ({
  severity,
  file: 'a.ts',
  line: 1,
  finding: text,
  suggestion: null,
})
const changes = (...texts: string[]): Verdict => ({
  status: 'CHANGES_REQUESTED',
  summary: 'No.',
  findings: texts.map((text) => finding(text)),
})
const done = (path: string, phase: Phase, more: Partial<FinishedStep> = {}): FinishedStep => ({
  path,
  phase,
  iteration: 1,
  verdict: null,
  checks: null,
  changed: false,
  ...more,
})
const loop = (
  id: string,
  until: 'approved' | 'has_changes',
  most: number,
  ...body: WorkflowNode[]
): WorkflowNode => ({
  kind: 'loop',
  id,
  name: id,
  until,
  most,
  body,
})

describe('what is due', () => {
  const judges: WorkflowNode = {
    kind: 'parallel',
    id: 'judges',
    name: 'Judges',
    branches: [agent('security', 'review'), agent('style', 'review')],
  }
  const definition = define(agent('work', 'development'), judges, {
    kind: 'condition',
    id: 'if',
    name: 'If',
    when: 'changes_requested',
    yes: [agent('mend', 'development')],
    no: [{ kind: 'gate', id: 'sure', name: 'Sure', question: 'Is it good?' }],
  })
  const work = done('work', 'development', { changed: true })

  it('are all branches at once, then those that are missing', () => {
    expect(interpret(definition, [work], 1)).toMatchObject({
      type: 'steps',
      steps: [{ path: 'judges/security' }, { path: 'judges/style' }],
    })
    const first = done('judges/style', 'review', { verdict: approved })
    expect(interpret(definition, [work, first], 1)).toMatchObject({ steps: [{ path: 'judges/security' }] })
  })

  it('counts several reviewers as approving only when each of them does', () => {
    const yes = done('judges/security', 'review', { verdict: approved })
    const no = done('judges/style', 'review', { verdict: changes('Too long.') })
    expect(interpret(definition, [work, no, yes], 1)).toMatchObject({
      steps: [{ path: 'if/mend', findings: { findings: [finding('Too long.')] } }],
    })
    const both = done('judges/style', 'review', { verdict: approved })
    expect(interpret(definition, [work, yes, both], 1)).toMatchObject({ type: 'gate', path: 'if/sure' })
  })

  it('is no end that counts as approved when the last work was not looked at', () => {
    const unseen = define(agent('a', 'development'), agent('b', 'review'), agent('c', 'development'))
    const all = [
      done('a', 'development'),
      done('b', 'review', { verdict: approved }),
      done('c', 'development', { changed: true }),
    ]
    expect(interpret(unseen, all, 1)).toEqual({ type: 'end', outcome: { type: 'done' } })
  })

  it('mends in every round of a loop but the first, also within another loop', () => {
    const nested = define(
      loop(
        'outer',
        'has_changes',
        3,
        loop('inner', 'approved', 2, agent('a', 'development'), agent('b', 'review')),
      ),
    )
    expect(interpret(nested, [], 3)).toMatchObject({
      steps: [{ path: 'outer[1]/inner[1]/a', phase: 'development' }],
    })
    const round = [
      done('outer[1]/inner[1]/a', 'development'),
      done('outer[1]/inner[1]/b', 'review', { verdict: approved }),
    ]
    expect(interpret(nested, round, 3)).toMatchObject({
      steps: [{ path: 'outer[2]/inner[1]/a', phase: 'fix', iteration: 2 }],
    })
  })

  it('never runs for ever: rounds that do nothing come to their end', () => {
    const empty = define(
      agent('a', 'development'),
      loop('rounds', 'has_changes', 10, {
        kind: 'condition',
        id: 'if',
        name: 'If',
        when: 'has_changes',
        yes: [agent('b', 'review')],
        no: [],
      }),
    )
    expect(interpret(empty, [done('a', 'development')], 3)).toMatchObject({
      outcome: { type: 'rounds_used_up', rounds: 10 },
    })
  })
})

describe('a definition', () => {
  it.each(Object.values(BUILT_IN_WORKFLOWS))('of the app itself has no problem: $type', ({ definition }) => {
    expect(findWorkflowProblems(definition)).toEqual([])
    expect(WorkflowDefinition.parse(definition)).toEqual(definition)
  })

  it.each<[string, WorkflowDefinition, { path: string; message: RegExp }]>([
    [
      'an id twice',
      define(agent('a', 'development'), agent('a', 'review')),
      { path: 'a', message: /Two steps are called/ },
    ],
    [
      'a loop in which nobody works',
      define(agent('a', 'development'), loop('l', 'has_changes', 2)),
      { path: 'l', message: /No agent works/ },
    ],
    [
      'two that write at once',
      define({
        kind: 'parallel',
        id: 'p',
        name: 'P',
        branches: [agent('a', 'review'), agent('b', 'development')],
      }),
      { path: 'p', message: /changes files/ },
    ],
    [
      'a verdict that nobody gives',
      define(loop('l', 'approved', 2, agent('a', 'development'))),
      { path: 'l', message: /Nobody reviews/ },
    ],
    [
      'a condition that nothing can tell',
      define({
        kind: 'condition',
        id: 'c',
        name: 'C',
        when: 'has_changes',
        yes: [agent('a', 'review')],
        no: [],
      }),
      { path: 'c', message: /Nobody changes files/ },
    ],
    [
      'nobody who works',
      define({ kind: 'gate', id: 'g', name: 'G', question: 'Why?' }),
      { path: '', message: /No agent works/ },
    ],
    [
      'a step without a name',
      define({ ...agent('work', 'development'), name: ' ' }),
      { path: 'work', message: /no name/ },
    ],
    [
      'a question that asks nothing',
      define(agent('work', 'development'), { kind: 'gate', id: 'ask', name: 'Ask', question: ' ' }),
      { path: 'ask', message: /Nothing is asked/ },
    ],
    [
      'loops that lie too deep',
      define(
        ['a', 'b', 'c', 'd', 'e', 'f'].reduceRight<WorkflowNode>(
          (inner, id) => loop(id, 'has_changes', 2, inner),
          agent('work', 'development'),
        ),
      ),
      { path: 'a/b/c/d/e', message: /deep/ },
    ],
  ])('is refused with the place: %s', (_name, definition, problem) => {
    expect(findWorkflowProblems(definition)).toContainEqual({
      path: problem.path,
      message: expect.stringMatching(problem.message),
    })
  })

  it('is kept with the board’s rounds, its wish for clarity, and its gate for plans', () => {
    const { definition, max_iterations } = startDefinition(
      BUILT_IN_WORKFLOWS.development.definition,
      { clarity: false, approve_plan: true },
      2,
    )
    expect(definition.clarity).toBe(false)
    expect(definition.nodes).toMatchObject([{ id: 'architecture' }, PLAN_GATE, { id: 'rounds', most: 2 }])
    expect(max_iterations).toBe(2)
  })
})

it('rows of before there were definitions go on where they were', () => {
  const row = {
    status: 'interrupted',
    resolution: 'none',
    workflow_type: 'development',
    definition: null,
    iteration: 2,
    max_iterations: 3,
  } as const
  const old = { node_path: null, status: 'completed', checks: null, changed: true, passed: true } as const
  const { definition, finished } = stateOf(
    row,
    [
      { ...old, phase: 'architecture', iteration: 1, verdict: null },
      { ...old, phase: 'development', iteration: 1, verdict: null },
      { ...old, phase: 'review', iteration: 1, verdict: changes('Wrong.') },
      { ...old, phase: 'fix', iteration: 2, verdict: null },
    ],
    0,
  )
  expect(interpret(definition, finished, 3)).toMatchObject({
    steps: [{ path: 'rounds[2]/review', phase: 'review', iteration: 2 }],
  })
})

describe('a clarity report', () => {
  it('is read through prose, with what is too much cut off', () => {
    const question = { kind: 'free_text', question: 'Why?', options: [] }
    const text = `Here: ${JSON.stringify({
      score: 140,
      summary: 'Hm.',
      questions: [{ kind: 'single_choice', question: 'Which?', options: ['A'] }, ...Array(7).fill(question)],
    })} Thanks.`
    const report = parseClarity(text)
    expect(report?.score).toBe(100)
    expect(report?.questions).toHaveLength(5)
    expect(report?.questions[0]).toEqual({ kind: 'free_text', question: 'Which?', options: [] })
  })

  it.each(['', 'Clear.', '{"score": "high"}', '{"score": 80}'])('is none: %s', (text) => {
    expect(parseClarity(text)).toBeNull()
  })
})

describe('when the rounds are used up, what to do is told from how they went', () => {
  const review = (verdict: Verdict) => done('rounds[1]/review', 'review', { verdict })
  it.each<[string, Verdict[], RegExp]>([
    ['a finding that comes back', [changes('Wrong sign.'), changes('Wrong sign.')], /came back/],
    ['findings that become fewer', [changes('A', 'B', 'C'), changes('D')], /become fewer \(3, then 1\)/],
    [
      'only minor ones',
      [{ ...changes(), findings: [finding('A name', 'minor')] }],
      /minor: look at it, then approve/,
    ],
    [
      'answers that were none',
      [UNREADABLE_VERDICT, UNREADABLE_VERDICT],
      /choose another model for the review/,
    ],
    ['anything else', [changes('A')], /Look at the findings/],
  ])('%s', (_name, verdicts, sentence) => {
    expect(proposeNext(verdicts.map(review))).toMatch(sentence)
  })
})

describe('who does a step, and with which model', () => {
  const asked = { provider: 'anthropic', model: null } as const
  const node = { ...agent('a', 'review'), model: 'of-the-node' }
  it.each([
    ['the execution’s', { ...asked, model: 'asked-for' }, node, { model: 'general' }, 'asked-for'],
    ['the workflow’s', asked, node, { models: { review: 'of-the-phase' } }, 'of-the-node'],
    ['the phase’s', asked, null, { models: { review: 'of-the-phase' }, model: 'general' }, 'of-the-phase'],
    ['the board’s', asked, null, { models: { fix: 'other' }, model: 'general' }, 'general'],
    ['the agent’s own', asked, null, {}, null],
  ])('%s', (_name, execution, step, settings, model) => {
    expect(chooseAgent(execution, { phase: 'review', node: step }, settings)).toEqual({
      provider: 'anthropic',
      model,
    })
  })

  it('gives an agent of the workflow no model that was meant for another', () => {
    const own: AgentNode = { ...agent('a', 'review'), provider: 'acp:opencode' }
    expect(
      chooseAgent({ ...asked, model: 'claude' }, { phase: 'review', node: own }, { model: 'general' }),
    ).toEqual({
      provider: 'acp:opencode',
      model: null,
    })
  })
})
