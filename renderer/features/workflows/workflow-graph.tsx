import clsx from 'clsx'
import { cutText } from '#shared/cut-text.ts'
import type { WorkflowDefinition } from '#shared/workflow.ts'
import { texts } from '../../lib/texts/texts.ts'
import { type GraphBox, type GraphLine, layoutGraph } from './layout-graph.ts'
import styles from './workflow-graph.module.css'
import { describeNode } from './workflow-words.ts'

interface WorkflowGraphProps {
  definition: WorkflowDefinition
  /** The step that is marked. */
  selected?: string | null
  onSelect?: (id: string) => void
  /** Steps with a problem. */
  wrong?: ReadonlySet<string>
}

/** A workflow as a graph. Its words are in the form beside it too, so it is one picture for a screen reader. */
export function WorkflowGraph({ definition, selected = null, onSelect, wrong }: WorkflowGraphProps) {
  const graph = layoutGraph(definition)
  return (
    <svg
      className={styles.graph}
      viewBox={`0 0 ${graph.width} ${graph.height}`}
      width={graph.width}
      height={graph.height}
      role="img"
      aria-label={texts.workflows.workflowAsGraphSteps(graph.boxes.length)}
    >
      <defs>
        <marker
          id="workflow-arrow"
          viewBox="0 0 8 8"
          refX="7"
          refY="4"
          markerWidth="7"
          markerHeight="7"
          orient="auto"
        >
          <path d="M0 0 8 4 0 8z" className={styles.arrow} />
        </marker>
      </defs>
      {graph.frames.map((frame) => (
        <g key={frame.node.id} className={clsx(frame.node.id === selected && styles.selected)}>
          <rect
            className={styles.container}
            x={frame.x}
            y={frame.y}
            width={frame.width}
            height={frame.height}
            rx={8}
          />
          {frame.title.map((text, index) => (
            <text key={text} className={styles.title} x={frame.x + 10} y={frame.y + 15 + 14 * index}>
              {cutText(text, Math.floor(frame.width / 6.4))}
            </text>
          ))}
        </g>
      ))}
      {graph.lines.map((line) => (
        <Line key={line.key} line={line} />
      ))}
      {graph.boxes.map((box) => (
        <Box
          key={box.node?.id ?? box.kind}
          box={box}
          isSelected={box.node?.id === selected && selected !== null}
          isWrong={box.node !== null && wrong?.has(box.node.id) === true}
          onSelect={onSelect}
        />
      ))}
    </svg>
  )
}

function Line({ line: { points, label, isBack } }: { line: GraphLine }) {
  const [, corner = [0, 0], turn = [0, 0]] = points
  return (
    <>
      <polyline
        className={clsx(styles.line, isBack && styles.back)}
        points={points.map(([x, y]) => `${x},${y}`).join(' ')}
        markerEnd="url(#workflow-arrow)"
      />
      {label && (
        <text className={styles.label} x={(corner[0] + turn[0]) / 2} y={corner[1] - 4}>
          {label}
        </text>
      )}
    </>
  )
}

interface BoxProps {
  box: GraphBox
  isSelected: boolean
  isWrong: boolean
  onSelect: ((id: string) => void) | undefined
}

function Box({ box, isSelected, isWrong, onSelect }: BoxProps) {
  const { node, kind, x, y, width, height } = box
  const centre = x + width / 2
  if (!node) {
    return (
      <g className={styles.end}>
        <rect x={x} y={y} width={width} height={height} rx={height / 2} />
        <text x={centre} y={y + 16}>
          {kind === 'start' ? texts.workflows.start : texts.workflows.end}
        </text>
      </g>
    )
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a short cut for the mouse; the form is the way for keys
    <g
      className={clsx(styles.box, styles[kind], isSelected && styles.selected, isWrong && styles.wrong)}
      onClick={() => onSelect?.(node.id)}
    >
      <rect x={x} y={y} width={width} height={height} rx={kind === 'condition' ? 20 : 6} />
      <text className={styles.name} x={centre} y={y + 18}>
        {cutText(node.name, 28)}
      </text>
      <text className={styles.kind} x={centre} y={y + 34}>
        {cutText(describeNode(node), 34)}
      </text>
    </g>
  )
}
