import { TemplateId } from '#shared/ids.ts'
import { BoardTemplate, type Template } from '#shared/template.ts'

type BoardTemplateEntry = Extract<Template, { kind: 'board' }>

/** What a board begins with whose cards are done by agents. */
export const DEVELOPMENT = builtIn('019a0000-0000-7000-8000-000000000001', 'Development', {
  columns: [
    { name: 'Backlog', is_start_column: true },
    { name: 'In progress', triggers_agents: true, agent_workflow_type: 'development' },
    { name: 'Review', is_review_column: true },
    { name: 'Done', is_end_column: true },
  ],
})

export const EMPTY = builtIn('019a0000-0000-7000-8000-000000000002', 'Empty', { columns: [] })

const BUG_TRIAGE = builtIn('019a0000-0000-7000-8000-000000000003', 'Bug triage', {
  columns: [
    { name: 'Reported', is_start_column: true },
    { name: 'Confirmed' },
    { name: 'Fixing', triggers_agents: true, agent_workflow_type: 'quick_development' },
    { name: 'Verify', is_review_column: true },
    { name: 'Closed', is_end_column: true },
  ],
  labels: [
    { name: 'Crash', color: '#e5484d' },
    { name: 'Regression', color: '#f76b15' },
    { name: 'Cannot reproduce', color: '#8b8d98' },
    { name: 'Needs information', color: '#ffc53d' },
  ],
  cards: [
    {
      name: 'Bug report',
      content: {
        title: 'What is wrong',
        description:
          '**What happens**\n\n\n**What should happen**\n\n\n**How to see it**\n\n1. \n\n**Where**: version, system\n',
        acceptance_criteria: '- [ ] A test shows the bug and passes now\n- [ ] Nothing else broke\n',
        priority: 'medium',
      },
    },
  ],
})

const RESEARCH = builtIn('019a0000-0000-7000-8000-000000000004', 'Research', {
  columns: [
    { name: 'Questions', is_start_column: true },
    { name: 'Exploring', triggers_agents: true, agent_workflow_type: 'architecture_only' },
    { name: 'Findings', is_review_column: true },
    { name: 'Decided', is_end_column: true },
  ],
  labels: [
    { name: 'Spike', color: '#8e4ec6' },
    { name: 'Decision', color: '#30a46c' },
    { name: 'Risk', color: '#e5484d' },
  ],
  cards: [
    {
      name: 'Question',
      content: {
        title: 'What do we want to know?',
        description: '**Why it matters**\n\n\n**What we know**\n\n\n**What would settle it**\n',
        acceptance_criteria:
          '- [ ] The options and what each costs\n- [ ] A recommendation, with its reason\n',
      },
    },
  ],
})

/** Those that come with the app, in the order in which they are offered. */
export const BUILT_IN_TEMPLATES: readonly BoardTemplateEntry[] = [DEVELOPMENT, EMPTY, BUG_TRIAGE, RESEARCH]

function builtIn(id: string, name: string, content: unknown): BoardTemplateEntry {
  return {
    id: TemplateId.parse(id),
    kind: 'board',
    board_id: null,
    name,
    is_built_in: true,
    content: BoardTemplate.parse(content),
  }
}
