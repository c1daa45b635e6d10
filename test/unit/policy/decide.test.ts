import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { commandPatternProblem, exactPattern, matchesCommand } from '#electron/policy/command-pattern.ts'
import { decideTool, type Policy, type PolicyAsk, type RealPath } from '#electron/policy/decide.ts'
import { matchesPath, pathPatternProblem } from '#electron/policy/path-pattern.ts'
import { proposeRules } from '#electron/policy/propose-rules.ts'
import { ToolKind } from '#shared/execution-event.ts'
import { PermissionMode } from '#shared/policy.ts'

const policy = (more: Partial<Policy> = {}): Policy => ({
  mode: 'ask',
  rules: [],
  mayEdit: true,
  projectCommands: [],
  shell: 'posix',
  ...more,
})
const inside = (path: string): RealPath => ({ place: 'inside', path })
const edit = (...paths: RealPath[]): PolicyAsk => ({ kind: 'edit', tool: 'editor', command: '', paths })

const anyMode = fc.constantFrom(...PermissionMode.options)
const anyWord = fc.string({ minLength: 1, maxLength: 8 })
const anyRule = fc.record({
  effect: fc.constantFrom('allow' as const, 'deny' as const),
  target: fc.constantFrom('command' as const, 'path' as const, 'tool' as const),
  pattern: fc.oneof(anyWord, fc.constantFrom('**', '*', '* **', 'a/**')),
})
const anyPath: fc.Arbitrary<RealPath> = fc.oneof(
  fc.string({ minLength: 1 }).map(inside),
  fc.string().map((path) => ({ place: 'outside' as const, path })),
  fc.string().map((path) => ({ place: 'refused' as const, path, why: 'no.' })),
)
const anyAsk = fc.record({
  kind: fc.constantFrom(...ToolKind.options),
  tool: anyWord,
  command: fc.string(),
  paths: fc.array(anyPath, { maxLength: 3 }),
})

describe('whatever the rules, the mode and the act', () => {
  test('a phase that only reads never changes, runs or fetches anything, and never asks to', () => {
    const check = fc.property(anyMode, fc.array(anyRule), anyAsk, (mode, rules, asked) => {
      const { answer } = decideTool(policy({ mode, rules, mayEdit: false }), asked)
      const reads = ['read', 'search', 'think'].includes(asked.kind)
      expect(answer === 'deny' || (reads && answer === 'allow')).toBe(true)
      if (asked.kind !== 'think' && asked.paths.some((path) => path.place !== 'inside'))
        expect(answer).toBe('deny')
    })
    fc.assert(check, { numRuns: 500 })
  })

  test('nothing outside the workspace and nothing of git is ever changed', () => {
    const check = fc.property(anyMode, fc.array(anyRule), anyAsk, (mode, rules, asked) => {
      if (!['edit', 'delete', 'move'].includes(asked.kind)) return
      if (asked.paths.every((path) => path.place === 'inside')) return
      expect(decideTool(policy({ mode, rules }), asked).answer).toBe('deny')
    })
    fc.assert(check, { numRuns: 500 })
  })

  test('a refusal outweighs every permission', () => {
    const check = fc.property(
      anyMode,
      fc.array(anyRule),
      fc.array(anyWord, { minLength: 1 }),
      (mode, rules, words) => {
        const command = words.map((word) => `'${word.replaceAll("'", '')}'`).join(' ')
        const plain = words.map((word) => word.replaceAll("'", ''))
        const refusal = { effect: 'deny' as const, target: 'command' as const, pattern: exactPattern(plain) }
        const asked: PolicyAsk = { kind: 'execute', tool: 'sh', command, paths: [] }
        expect(decideTool(policy({ mode, rules: [...rules, refusal] }), asked).answer).not.toBe('allow')
      },
    )
    fc.assert(check, { numRuns: 300 })
  })

  test('a rule never allows what is put before or after its command', () => {
    const separators = fc.constantFrom(
      '&&',
      '||',
      ';',
      '|',
      '&',
      '\n',
      '$(',
      '`',
      '>',
      '<',
      '<<',
      '${',
      '\r',
      '>(',
    )
    const check = fc.property(separators, fc.string(), fc.boolean(), (separator, more, isBefore) => {
      const extra = `zz${more}`
      const command = isBefore ? `${extra} ${separator} npm test` : `npm test ${separator} ${extra}`
      const rules = [{ effect: 'allow' as const, target: 'command' as const, pattern: 'npm test **' }]
      const asked: PolicyAsk = { kind: 'execute', tool: 'sh', command, paths: [] }
      expect(decideTool(policy({ rules }), asked).answer).toBe('ask')
    })
    fc.assert(check, { numRuns: 1000 })
  })
})

test('each mode allows what it says', () => {
  const run = (command: string): PolicyAsk => ({ kind: 'execute', tool: 'sh', command, paths: [] })
  const answers = (asked: PolicyAsk) =>
    PermissionMode.options.map(
      (mode) => decideTool(policy({ mode, projectCommands: ['npm test'] }), asked).answer,
    )
  expect(answers({ kind: 'read', tool: 'r', command: '', paths: [inside('a')] })).toEqual(
    Array(4).fill('allow'),
  )
  expect(answers(edit(inside('src/a.ts')))).toEqual(['ask', 'allow', 'allow', 'allow'])
  expect(answers(edit())).toEqual(['ask', 'ask', 'ask', 'allow'])
  expect(answers(edit(inside('.vscode/tasks.json')))).toEqual(['ask', 'ask', 'ask', 'allow'])
  expect(answers(run('npm test'))).toEqual(['ask', 'ask', 'allow', 'allow'])
  expect(answers(run('make'))).toEqual(['ask', 'ask', 'ask', 'allow'])
  expect(answers({ kind: 'fetch', tool: 'f', command: '', paths: [] })).toEqual([
    'ask',
    'ask',
    'ask',
    'allow',
  ])
})

test('a path is refused with all that is in it, in any capitals, for reading too', () => {
  const rules = [{ effect: 'deny' as const, target: 'path' as const, pattern: 'secrets' }]
  for (const path of ['secrets', 'secrets/a/b', 'Secrets/a']) {
    expect(decideTool(policy({ mode: 'full', rules }), edit(inside(path))).answer).toBe('deny')
    const read: PolicyAsk = { kind: 'read', tool: 'r', command: '', paths: [inside(path)] }
    expect(decideTool(policy({ mode: 'full', rules }), read).answer).toBe('deny')
  }
  expect(decideTool(policy({ mode: 'full', rules }), edit(inside('secrets.md'))).answer).toBe('allow')
})

test('of several paths the worst decides', () => {
  const rules = [{ effect: 'allow' as const, target: 'path' as const, pattern: 'src/**' }]
  expect(decideTool(policy({ rules }), edit(inside('src/a'))).answer).toBe('allow')
  expect(decideTool(policy({ rules }), edit(inside('src/a'), inside('b'))).answer).toBe('ask')
  expect(
    decideTool(policy({ rules }), edit(inside('src/a'), { place: 'outside', path: '/etc/x' })).answer,
  ).toBe('deny')
})

test('a tool’s name never allows it to run commands or to change files', () => {
  const rules = [{ effect: 'allow' as const, target: 'tool' as const, pattern: '*' }]
  const asked = (kind: ToolKind) =>
    decideTool(policy({ rules }), { kind, tool: 'Bash', command: 'ls', paths: [inside('a')] })
  expect(['execute', 'edit', 'delete', 'move'].map((kind) => asked(kind as ToolKind).answer)).toEqual(
    Array(4).fill('ask'),
  )
  expect(asked('other').answer).toBe('allow')
})

describe('patterns', () => {
  test('exactly these words, whatever is in them', () => {
    const words = fc.array(fc.string(), { minLength: 1, maxLength: 5 })
    fc.assert(
      fc.property(words, words, (own, others) => {
        expect(matchesCommand(exactPattern(own), own)).toBe(true)
        if (own.join('\0') !== others.join('\0'))
          expect(matchesCommand(exactPattern(own), others)).toBe(false)
      }),
      { numRuns: 1000 },
    )
  })

  test('wildcards', () => {
    expect(matchesCommand('git * --stat', ['git', 'diff', '--stat'])).toBe(true)
    expect(matchesCommand('git * --stat', ['git', 'a', 'b', '--stat'])).toBe(false)
    expect(matchesCommand('git ** --stat', ['git', 'a', 'b', '--stat'])).toBe(true)
    expect(matchesCommand('npm run build:*', ['npm', 'run', 'build:x'])).toBe(true)
    expect(matchesCommand('npm run', ['npm', 'run', 'x'])).toBe(false)
    expect(matchesPath('src/*.ts', 'src/a.ts', 'allow')).toBe(true)
    expect(matchesPath('src/*.ts', 'src/b/a.ts', 'allow')).toBe(false)
    expect(matchesPath('**/a.ts', 'a.ts', 'allow')).toBe(true)
    expect(matchesPath('src/', 'src/b/a.ts', 'allow')).toBe(true)
    expect(matchesPath('src', 'src/a.ts', 'allow')).toBe(false)
  })

  test('what cannot be one is refused with a sentence', () => {
    for (const pattern of ['', '**', '* test', 'a && b', 'a | b', 'a > b', 'a $X', 'a `b`', 'a\nb', 'a "b'])
      expect(commandPatternProblem(pattern, 'allow'), pattern).toMatch(/\.$/)
    for (const pattern of ['npm test **', 'npm run *', "git commit -m 'a b'", 'find . -name \\*.ts'])
      expect(commandPatternProblem(pattern, 'allow'), pattern).toBeNull()
    for (const pattern of ['/etc/**', '../x', 'a/../b', '~/x', 'C:\\x'])
      expect(pathPatternProblem(pattern)).toMatch(/\.$/)
    expect(pathPatternProblem('src/**')).toBeNull()
  })
})

describe('what a remembered answer leaves', () => {
  const proposed = (detail: string) =>
    proposeRules({ tool_kind: 'execute', tool: 'sh', detail, paths: [] }).map((rule) => rule.pattern)

  test('is narrow', () => {
    expect(proposed('npm test -- --watch')).toEqual(['npm test **'])
    expect(proposed('npm run build && npx vitest run a')).toEqual(['npm run build **', 'npx vitest **'])
    expect(proposed('rm -rf dist')).toEqual(['rm -rf dist'])
    expect(proposed('git commit -m "a b"')).toEqual(["git commit -m 'a b'"])
    expect(proposed('CI=1 npm test')).toEqual(['CI=1 npm test'])
    expect(proposeRules({ tool_kind: 'edit', tool: 'e', detail: '', paths: ['a/b.ts'] })).toEqual([
      { target: 'path', pattern: 'a/b.ts' },
    ])
  })

  test('is nothing where it cannot be told apart from something else', () => {
    for (const line of ['npm test > x', 'echo $X', 'a; b; c; d; e; f', 'make "a\nb"', ''])
      expect(proposed(line)).toEqual([])
    expect(proposeRules({ tool_kind: 'edit', tool: 'e', detail: '', paths: ['/etc/x'] })).toEqual([])
  })

  test('allows what was asked, and asks for the same with anything added', () => {
    const words = fc.array(fc.stringMatching(/^[\w./*'" -]{1,8}$/), { minLength: 1, maxLength: 4 })
    fc.assert(
      fc.property(words, (own) => {
        const line = own.map((word) => `'${word.replaceAll("'", `'\\''`)}'`).join(' ')
        const rules = proposeRules({ tool_kind: 'execute', tool: 'sh', detail: line, paths: [] })
        if (rules.length === 0) return
        const held = policy({ rules: rules.map((rule) => ({ ...rule, effect: 'allow' as const })) })
        const answer = (command: string) =>
          decideTool(held, { kind: 'execute', tool: 'sh', command, paths: [] }).answer
        expect(answer(line)).toBe('allow')
        expect(answer(`${line}; x`)).toBe('ask')
        expect(answer(`x ${line}`)).toBe('ask')
      }),
      { numRuns: 500 },
    )
  })
})
