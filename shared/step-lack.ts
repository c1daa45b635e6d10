import type { WorkflowNode } from './workflow.ts'

/** A text or a list of a step that has to be so long, with what is said when it is not. */
interface Extent {
  length: number
  least: number
  most: number
  few: string
  many: string
}

/** What a step lacks, or has too much of, for its definition to be saved; a sentence with what to do. Null: nothing. */
export function findStepLack(node: WorkflowNode): string | null {
  for (const { length, least, most, few, many } of [nameOf(node), ...extentsOf(node)]) {
    if (length < least) return few
    if (length > most) return many
  }
  return null
}

function nameOf({ name }: WorkflowNode): Extent {
  const many = 'The name of this step is too long. Shorten it to 100 characters.'
  return { length: name.trim().length, least: 1, most: 100, few: 'This step has no name. Give it one.', many }
}

function extentsOf(node: WorkflowNode): Extent[] {
  switch (node.kind) {
    case 'agent': {
      const model = 'The model is too long. Shorten it to 100 characters.'
      const instructions = 'The instructions are too long. Shorten them to 5000 characters.'
      return [
        { length: node.model?.length ?? 0, least: 0, most: 100, few: '', many: model },
        { length: node.instructions?.length ?? 0, least: 0, most: 5000, few: '', many: instructions },
      ]
    }
    case 'gate': {
      const few = 'Nothing is asked here. Write the question that the run waits with.'
      const many = 'The question is too long. Shorten it to 1000 characters.'
      return [{ length: node.question.trim().length, least: 1, most: 1000, few, many }]
    }
    case 'parallel': {
      const few = 'Fewer than two work at the same time here. Add an agent.'
      const many = 'More than eight work at the same time here. Remove some.'
      return [{ length: node.branches.length, least: 2, most: 8, few, many }]
    }
    default:
      return []
  }
}
