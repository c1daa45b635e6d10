import path from 'node:path'
import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { type Command, decide } from '#electron/orchestrator/decide.ts'
import { startDefinition } from '#electron/orchestrator/start-definition.ts'
import { dueOf, type ExecutionState, evolve } from '#electron/orchestrator/state.ts'
import { stateOf } from '#electron/orchestrator/stored-state.ts'
import { TRANSITIONS } from '#electron/orchestrator/transitions.ts'
import { BUILT_IN_WORKFLOWS } from '#shared/built-in-workflows.ts'
import { RefusedError } from '#shared/errors.ts'
import { isActive, type Verdict } from '#shared/execution.ts'
import type { WorkflowDefinition } from '#shared/workflow.ts'
import { drawTransitions } from '../../helpers/draw-transitions.ts'

const agent = (id: string, role: 'architecture' | 'development' | 'review') =>
  ({ kind: 'agent', id, name: id, role }) as const

/** Everything that a workflow can be made of. */
const EVERYTHING: WorkflowDefinition = {
  clarity: true,
  nodes: [
    {
      kind: 'parallel',
      id: 'plans',
      name: 'Plans',
      branches: [agent('a', 'architecture'), agent('b', 'architecture')],
    },
    { kind: 'gate', id: 'gate', name: 'Gate', question: 'Go on?' },
    {
      kind: 'loop',
      id: 'outer',
      name: 'Outer',
      until: 'has_changes',
      most: 2,
      body: [
        {
          kind: 'loop',
          id: 'inner',
          name: 'Inner',
          until: 'approved',
          most: 2,
          body: [
            agent('work', 'development'),
            {
              kind: 'parallel',
              id: 'judges',
              name: 'Judges',
              branches: [agent('c', 'review'), agent('d', 'review')],
            },
          ],
        },
      ],
    },
    {
      kind: 'condition',
      id: 'if',
      name: 'If',
      when: 'changes_requested',
      yes: [agent('more', 'development')],
      no: [{ kind: 'gate', id: 'last', name: 'Last', question: 'Is it good?' }],
    },
  ],
}
const DEFINITIONS = [
  ...Object.values(BUILT_IN_WORKFLOWS).map(({ definition }) => definition),
  startDefinition(BUILT_IN_WORKFLOWS.development.definition, { approve_plan: true }, 2).definition,
  EVERYTHING,
]

const approved: Verdict = { status: 'APPROVED', summary: 'Good.', findings: [] }
const refused: Verdict = {
  status: 'CHANGES_REQUESTED',
  summary: 'No.',
  findings: [{ severity: 'major', file: null, line: null, finding: 'Wrong', suggestion: null }],
}

/** What somebody or something might ask next: mostly what is due, sometimes anything. */
interface Move {
  command: Command['type'] | 'crash' | 'go_on'
  pick: number
  yes: boolean
  checks: 'passed' | 'failed' | null
}
const move: fc.Arbitrary<Move> = fc.record({
  command: fc.oneof(
    { weight: 5, arbitrary: fc.constant('go_on' as const) },
    { weight: 2, arbitrary: fc.constantFrom('crash' as const, 'resume' as const) },
    { weight: 1, arbitrary: fc.constantFrom('ask_permission' as const, 'settle_permission' as const) },
    { weight: 3, arbitrary: fc.constantFrom(...(Object.keys(TRANSITIONS) as Command['type'][])) },
  ),
  pick: fc.nat(3),
  yes: fc.boolean(),
  checks: fc.constantFrom('passed', 'failed', null, null),
})

function commandOf(state: ExecutionState, { command, pick, yes, checks }: Move): Command {
  const due = dueOf(state)
  const steps = due.type === 'steps' ? due.steps : []
  const step = steps[pick % Math.max(1, steps.length)]
  switch (command) {
    case 'crash':
      return { type: 'interrupt' }
    case 'go_on':
      return goOn(state, { command, pick, yes, checks })
    case 'begin_step':
      return { type: command, path: step?.path ?? 'nowhere' }
    case 'finish_step': {
      const path = state.begun[pick % Math.max(1, state.begun.length)] ?? 'nowhere'
      const found = steps.find((one) => one.path === path)
      const phase = found?.phase ?? 'development'
      const verdict = phase === 'review' ? (yes ? approved : refused) : null
      const mayEdit = phase === 'development' || phase === 'fix'
      const finished = {
        path,
        phase,
        iteration: found?.iteration ?? 1,
        verdict,
        checks: mayEdit ? checks : null,
        changed: mayEdit && yes,
      }
      return { type: command, step: finished, ...(phase === 'clarity' && !yes ? { questions: 2 } : {}) }
    }
    case 'answer_questions':
      return { type: command, skipped: yes }
    case 'answer_gate':
      return { type: command, approve: yes, message: null, again: pick === 1 }
    case 'settle_permission':
      return { type: command, open: pick }
    case 'fail':
      return { type: command, kind: yes ? 'budget' : 'server', message: 'It cannot go on.' }
    case 'approve':
      return { type: command, verdict: approved }
    case 'request_changes':
      return { type: command, verdict: refused }
    default:
      return { type: command }
  }
}

/** What the app does by itself, or a person who wants to see the end. */
function goOn(state: ExecutionState, move: Move): Command {
  switch (state.status) {
    case 'pending':
      return { type: 'start' }
    case 'running': {
      const due = dueOf(state)
      if (due.type === 'gate') return { type: 'await_gate' }
      if (due.type === 'end') return { type: 'conclude' }
      const next = due.steps.find(({ path }) => !state.begun.includes(path))
      return next
        ? { type: 'begin_step', path: next.path }
        : commandOf(state, { ...move, command: 'finish_step' })
    }
    case 'awaiting_clarification':
      return { type: 'answer_questions', skipped: move.yes }
    case 'awaiting_approval':
      return dueOf(state).type === 'gate'
        ? { type: 'answer_gate', approve: true, message: null }
        : { type: 'settle_permission', open: 0 }
    default:
      return { type: 'resume' }
  }
}

/** As a new app finds it in the database after a crash between any two writes: each command is one of them. */
function reloaded(state: ExecutionState): ExecutionState {
  const { status, resolution, definition, iteration, maxIterations, waitingMessages } = state
  const row = {
    status,
    resolution,
    definition,
    iteration,
    max_iterations: maxIterations,
    workflow_type: 'custom',
  } as const
  const finished = state.finished.map(({ path, ...step }) => ({
    ...step,
    node_path: path,
    status: 'completed' as const,
    passed: true,
  }))
  const begun = state.begun.map((path) => ({
    node_path: path,
    phase: 'development' as const,
    iteration: 1,
    status: 'running' as const,
    verdict: null,
    checks: null,
    changed: false,
    passed: false,
  }))
  return stateOf(row, [...finished, ...begun], waitingMessages)
}

function fresh(definition: WorkflowDefinition, rounds: number): ExecutionState {
  const started = startDefinition(definition, {}, rounds)
  return {
    status: 'pending',
    resolution: 'none',
    definition: started.definition,
    iteration: 1,
    maxIterations: started.max_iterations,
    finished: [],
    begun: [],
    waitingMessages: 0,
  }
}

const run = fc.record({
  definition: fc.constantFrom(...DEFINITIONS),
  rounds: fc.integer({ min: 1, max: 3 }),
  moves: fc.array(move, { maxLength: 60, size: 'max' }), // long ones, not mostly short ones
})

/** What holds of every command that was not refused. */
function expectLawful(state: ExecutionState, command: Command, after: ExecutionState): void {
  const { from, to } = TRANSITIONS[command.type]
  expect(from).toContain(state.status)
  expect(to).toContain(after.status)
  if (command.type === 'begin_step') {
    expect(state.begun).not.toContain(command.path)
    expect(state.finished.map(({ path }) => path)).not.toContain(command.path)
  }
  if (command.type === 'finish_step') expect(state.begun).toContain(command.step.path)
  if (command.type === 'settle_permission' && command.open > 0) expect(after).toEqual(state)
  if (!isActive(after.status)) expect(after.begun).toEqual([])
  if (state.resolution !== 'none') expect(after.status).toBe(state.status)
}

it('whatever is asked in whatever order, with crashes between: every change of status is one of the table, and no step is done twice', () => {
  void fc.assert(
    fc.property(run, ({ definition, rounds, moves }) => {
      let state = fresh(definition, rounds)
      for (const one of moves) {
        const command = commandOf(state, one)
        let after: ExecutionState
        try {
          after = decide(state, command).reduce(evolve, state)
        } catch (error) {
          expect(error).toBeInstanceOf(RefusedError)
          continue
        }
        expectLawful(state, command, after)
        expect(reloaded(after)).toEqual(after)
        state = reloaded(after)
      }
    }),
    { numRuns: 150 },
  )
})

it('from wherever it is, a run comes to an end when everybody agrees: no status is a trap', () => {
  void fc.assert(
    fc.property(run, ({ definition, rounds, moves }) => {
      let state = fresh(definition, rounds)
      const yes = { command: 'go_on', pick: 0, yes: true, checks: null } as const
      for (const one of moves) {
        try {
          state = decide(state, commandOf(state, one)).reduce(evolve, state)
        } catch {
          // Refused: nothing has changed.
        }
      }
      for (
        let count = 0;
        count < 200 && state.status !== 'completed' && state.resolution === 'none';
        count += 1
      )
        state = decide(state, commandOf(state, yes)).reduce(evolve, state)
      expect(state.status === 'completed' || state.resolution !== 'none').toBe(true)
    }),
    { numRuns: 100 },
  )
})

it('nothing is completed whose last review asks for changes, or whose checks fail', () => {
  void fc.assert(
    fc.property(run, ({ definition, rounds, moves }) => {
      let state = fresh(definition, rounds)
      for (const one of moves) {
        const command = commandOf(state, one)
        try {
          state = decide(state, command).reduce(evolve, state)
        } catch {
          continue
        }
        if (state.status !== 'completed' || command.type === 'approve') continue
        const last = state.finished.findLast(({ phase }) => phase !== 'gate' && phase !== 'clarity')
        expect(last?.verdict?.status).not.toBe('CHANGES_REQUESTED')
        expect(last?.checks).not.toBe('failed')
      }
    }),
    { numRuns: 100 },
  )
})

it('the page on the states is drawn from the table', async () => {
  await expect(drawTransitions()).toMatchFileSnapshot(path.resolve('docs/orchestrator.md'))
})
