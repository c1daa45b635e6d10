/**
 * Who may import whom. One rule per law; CONTRIBUTING.md tells the story, test/integration/import-law.int.test.ts
 * plants a violation of each.
 */
const electronEdge = [
  '^electron/(main|preload)\\.ts$',
  '^electron/window[^/]*\\.ts$',
  '^electron/ipc/(electron-port|held-ports)\\.ts$',
  '^electron/platform/desktop(-notices)?\\.ts$',
]

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      severity: 'error',
      comment: 'A cycle of values has no first file to read.',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'resolvable',
      severity: 'error',
      comment: 'An import that resolves to nothing is seen by no other law.',
      from: {},
      to: { couldNotResolve: true, pathNot: '^electron(/|$)' },
    },
    {
      name: 'shared-is-pure',
      severity: 'error',
      comment:
        'shared/ is read by the window, the main process and the tests: zod and plain TypeScript only.',
      from: { path: '^shared/' },
      to: { pathNot: ['^shared/', '^node_modules/zod/'] },
    },
    {
      name: 'drizzle-stays-in-db',
      severity: 'error',
      comment: 'SQL is written in db/ only.',
      from: { pathNot: ['^(db|test|scripts)/', '^[^/]+\\.config\\.ts$'] },
      to: { path: '^node_modules/(drizzle-orm|pg)/' },
    },
    {
      name: 'db-knows-no-app',
      severity: 'error',
      from: { path: '^db/' },
      to: { path: '^(electron|renderer|test)/' },
    },
    {
      name: 'embedded-server-is-plain',
      severity: 'error',
      comment: 'The embedded database server starts before anything else is there: Node, pg and shared only.',
      from: { path: '^db/embedded/' },
      to: {
        path: ['^node_modules/drizzle-orm/', '^db/(schema|queries)/'],
      },
    },
    {
      name: 'electron-knows-no-renderer',
      severity: 'error',
      from: { path: '^electron/' },
      to: { path: '^(renderer|test)/' },
    },
    {
      name: 'api-is-thin',
      severity: 'error',
      comment: 'A procedure parses, calls one service and answers.',
      from: { path: '^electron/api/' },
      to: {
        path: ['^db/', '^electron/(providers|workspaces|platform|ipc|terminal)/'],
        pathNot: '^db/error\\.ts$', // the one translation of errors needs to know a lost server
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'services-know-no-transport',
      severity: 'error',
      from: { path: '^electron/(services|orchestrator|providers|workspaces|events|platform)/' },
      to: { path: ['^electron/(api|ipc|terminal)/', '^node_modules/@trpc/'] },
    },
    {
      name: 'decide-is-pure',
      severity: 'error',
      comment: 'The state machine is tested without clock, git, database or model.',
      from: {
        path: '^electron/orchestrator/(decide|due|evolve|state|interpret|transitions|proposal|schedule)[^/]*\\.ts$',
      },
      to: {
        pathNot: [
          '^shared/',
          '^electron/orchestrator/(decide|due|evolve|state|interpret|transitions|proposal|schedule)[^/]*\\.ts$',
        ],
      },
    },
    {
      name: 'orchestrator-sees-providers-as-interface',
      severity: 'error',
      from: { path: '^electron/orchestrator/' },
      to: { path: '^electron/providers/', pathNot: '^electron/providers/(provider|registry)\\.ts$' },
    },
    {
      name: 'providers-are-leaves',
      severity: 'error',
      comment: 'What does the thinking knows nothing of boards, services or the database.',
      from: { path: '^electron/providers/' },
      to: { path: ['^db/', '^electron/(services|orchestrator|events)/'] },
    },
    {
      name: 'workspaces-know-no-database',
      severity: 'error',
      from: { path: '^electron/workspaces/' },
      to: { path: ['^db/', '^electron/(services|orchestrator|providers|events)/'] },
    },
    {
      name: 'electron-only-at-the-edge',
      severity: 'error',
      comment: 'Every other file runs under plain Node: in tests and in the terminal command.',
      from: { path: '^(electron|db|shared|renderer)/', pathNot: electronEdge },
      to: { path: ['^node_modules/electron/', '^electron(/main|/common|/renderer)?$'] },
    },
    {
      name: 'terminal-knows-no-window',
      severity: 'error',
      from: { path: '^electron/terminal/' },
      to: { path: [...electronEdge, '^electron/ipc/'] },
    },
    {
      name: 'renderer-sees-types-only',
      severity: 'error',
      from: { path: '^renderer/' },
      to: { path: '^(electron|db)/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'renderer-has-no-node',
      severity: 'error',
      from: { path: '^renderer/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'features-are-islands',
      severity: 'error',
      from: { path: '^renderer/features/([^/]+)/' },
      to: { path: '^renderer/features/', pathNot: '^renderer/features/$1/' },
    },
    {
      name: 'renderer-flows-down',
      severity: 'error',
      from: { path: '^renderer/(ui|lib)/' },
      to: { path: '^renderer/(features|app)/' },
    },
    {
      name: 'no-test-in-product',
      severity: 'error',
      from: { path: '^(electron|db|shared|renderer)/' },
      to: { path: ['^test/', '^scripts/', '^node_modules/(vitest|@playwright)/'] },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      conditionNames: ['import', 'node', 'default', 'types'],
      exportsFields: ['exports'],
    },
  },
}
