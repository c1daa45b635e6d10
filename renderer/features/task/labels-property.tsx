import { Plus, Tag } from 'lucide-react'
import { useState } from 'react'
import type { LabelId } from '#shared/ids.ts'
import { canBeNewLabel, type Label } from '#shared/label.ts'
import type { Task } from '#shared/task.ts'
import { NAMED_COLORS, nextColor } from '../../lib/colors.ts'
import { texts } from '../../lib/texts/texts.ts'
import { LabelDot } from '../../ui/label-dot.tsx'
import { PickList, type PickOption } from '../../ui/pick-list.tsx'
import { Popover } from '../../ui/popover.tsx'
import styles from './property.module.css'
import { EmptyValue, Property, PropertyButton } from './property.tsx'
import type { SaveTask } from './save-task.ts'
import { useCardOffer } from './use-card-offer.ts'

interface LabelsPropertyProps {
  task: Task
  labels: ReadonlyMap<LabelId, Label>
  onSave: SaveTask
  /** Null: it was refused, and the person was told why. */
  onCreate: (name: string, color: string) => Promise<Label | null>
}

const NEW = 'new:'

/** The labels of a card. Those that it has stand first; a name that there is not yet becomes a new label. */
export function LabelsProperty({ task, labels, onSave, onCreate }: LabelsPropertyProps) {
  const [isOpen, setOpen] = useState(false)
  /** As they were when the list was opened: what is ticked must not jump away under the pointer. */
  const [first, setFirst] = useState<readonly LabelId[]>([])
  const [color, setColor] = useState<string | null>(null)
  const chosen = task.label_ids.flatMap((id) => labels.get(id) ?? [])
  const open = (next: boolean) => {
    setFirst(task.label_ids)
    setColor(null)
    setOpen(next)
  }
  useCardOffer('card.labels', task.id, () => open(true))
  const newColor = color ?? nextColor(labels.values())

  const save = (label_ids: LabelId[]) => void onSave({ base: task, mine: { label_ids } })
  const pick = (id: string) => {
    if (id.startsWith(NEW)) void create(id.slice(NEW.length))
    else save(withOrWithout(task.label_ids, id as LabelId))
  }
  const create = async (name: string) => {
    const label = await onCreate(name, newColor)
    if (!label) return
    setColor(null)
    save([...task.label_ids, label.id])
  }
  const answer = (text: string): PickOption | null => {
    if (!canBeNewLabel(text, labels)) return null
    return {
      id: `${NEW}${text}`,
      label: texts.taskProperties.newLabel(text),
      icon: <Plus />,
      hint: texts.taskProperties.create,
    }
  }
  return (
    <Property name={texts.taskProperties.labels}>
      <Popover
        label={texts.taskProperties.labels}
        isOpen={isOpen}
        onOpenChange={open}
        trigger={
          <PropertyButton
            data-property="card.labels"
            label={texts.taskProperties.labelsNone(chosen.map(({ name }) => name).join(', '))}
            isEmpty={chosen.length === 0}
          >
            {chosen.length === 0 ? (
              <>
                <Tag /> <EmptyValue name={texts.taskProperties.labels} none={texts.taskProperties.none} />
              </>
            ) : (
              chosen.map((label) => (
                <span key={label.id} className={styles.label}>
                  <LabelDot color={label.color} />
                  <bdi>{label.name}</bdi>
                </span>
              ))
            )}
          </PropertyButton>
        }
      >
        <PickList
          label={texts.taskProperties.findOrCreateLabel}
          isMulti
          options={optionsOf(labels, first, task.label_ids)}
          onPick={pick}
          answer={answer}
          foot={<NewColor value={newColor} onChange={setColor} />}
        />
      </Popover>
    </Property>
  )
}

function withOrWithout(ids: readonly LabelId[], id: LabelId): LabelId[] {
  return ids.includes(id) ? ids.filter((one) => one !== id) : [...ids, id]
}

function optionsOf(
  labels: ReadonlyMap<LabelId, Label>,
  first: readonly LabelId[],
  chosen: readonly LabelId[],
): PickOption[] {
  const rank = ({ id }: Label) => (first.includes(id) ? 0 : 1)
  return [...labels.values()]
    .toSorted((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name))
    .map((label) => ({
      id: label.id,
      label: label.name,
      icon: <LabelDot color={label.color} />,
      isChosen: chosen.includes(label.id),
    }))
}

/** The colour that a new label gets. */
function NewColor({ value, onChange }: { value: string; onChange: (color: string) => void }) {
  return (
    <fieldset className={styles.foot}>
      <legend className="hidden-visually">{texts.taskProperties.colourNewLabel}</legend>
      {NAMED_COLORS.map(({ color, name }) => (
        <button
          key={color}
          type="button"
          className={styles.color}
          aria-label={name}
          aria-pressed={color === value}
          style={{ background: color }}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onChange(color)}
        />
      ))}
    </fieldset>
  )
}
