import { Gauge } from 'lucide-react'
import { useState } from 'react'
import type { Task } from '#shared/task.ts'
import { texts } from '../../lib/texts/texts.ts'
import { PickList, type PickOption } from '../../ui/pick-list.tsx'
import { Popover } from '../../ui/popover.tsx'
import { EmptyValue, Property, PropertyButton } from './property.tsx'
import type { SaveTask } from './save-task.ts'
import { useCardOffer } from './use-card-offer.ts'

const USUAL = [0.5, 1, 2, 3, 5, 8, 13, 21]
const MOST = 1000

/** How large a card is, in points: a usual number, or any that is typed. */
export function EstimateProperty({ task, onSave }: { task: Task; onSave: SaveTask }) {
  const [isOpen, setOpen] = useState(false)
  useCardOffer('card.estimate', task.id, () => setOpen(true))
  const { estimate } = task
  const value = estimate === null ? null : texts.taskProperties.points(estimate)
  const option = (points: number): PickOption => ({
    id: String(points),
    label: texts.taskProperties.points(points),
    isChosen: points === estimate,
  })
  return (
    <Property name={texts.taskProperties.estimate}>
      <Popover
        label={texts.taskProperties.estimate}
        isOpen={isOpen}
        onOpenChange={setOpen}
        trigger={
          <PropertyButton
            data-property="card.estimate"
            label={texts.taskProperties.estimateNone(value)}
            isEmpty={value === null}
          >
            <Gauge />
            {value ?? <EmptyValue name={texts.taskProperties.estimate} none={texts.taskProperties.none} />}
          </PropertyButton>
        }
      >
        <PickList
          label={texts.taskProperties.chooseOrTypeNumber}
          options={[
            { id: 'none', label: texts.taskProperties.noEstimate, isChosen: estimate === null },
            ...USUAL.map(option),
            ...(estimate === null || USUAL.includes(estimate) ? [] : [option(estimate)]),
          ]}
          answer={(text) => {
            const points = Number(text.replace(',', '.'))
            const isUsual = USUAL.includes(points) || points === estimate
            return points >= 0 && points <= MOST && !isUsual ? option(points) : null
          }}
          onPick={(id) => {
            setOpen(false)
            const next = id === 'none' ? null : Number(id)
            if (next !== estimate) void onSave({ base: task, mine: { estimate: next } })
          }}
        />
      </Popover>
    </Property>
  )
}
