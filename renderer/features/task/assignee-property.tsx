import { CircleUser } from 'lucide-react'
import { useState } from 'react'
import type { Actor } from '#shared/actor.ts'
import type { Person } from '#shared/person.ts'
import type { Task } from '#shared/task.ts'
import { assigneeName } from '../../lib/assignee-name.ts'
import { texts } from '../../lib/texts/texts.ts'
import { type AgentChoice, useAgents } from '../../lib/use-agents.ts'
import { useMe, usePeople } from '../../lib/use-people.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { PickList, type PickOption } from '../../ui/pick-list.tsx'
import { Popover } from '../../ui/popover.tsx'
import { EmptyValue, Property, PropertyButton } from './property.tsx'
import type { SaveTask } from './save-task.ts'
import { useCardOffer } from './use-card-offer.ts'

const NOBODY = 'nobody'

/** Who takes care of a card: a person or an agent. */
export function AssigneeProperty({ task, onSave }: { task: Task; onSave: SaveTask }) {
  const [isOpen, setOpen] = useState(false)
  const people = usePeople()
  const me = useMe()
  const agents = useAgents()
  useCardOffer('card.assign', task.id, () => setOpen(true))
  const assignee = task.assigned_to
  const name = assignee === null ? null : assigneeName(assignee, people)
  return (
    <Property name={texts.taskProperties.assignee}>
      <Popover
        label={texts.taskProperties.assignee}
        isOpen={isOpen}
        onOpenChange={setOpen}
        trigger={
          <PropertyButton
            data-property="card.assign"
            label={texts.taskProperties.assigneeNobody(name)}
            isEmpty={name === null}
          >
            {assignee === null ? <CircleUser /> : <AssigneeIcon assignee={assignee} name={name ?? ''} />}
            {name === null ? (
              <EmptyValue name={texts.taskProperties.assignee} none={texts.taskProperties.nobody} />
            ) : (
              <bdi>{name}</bdi>
            )}
          </PropertyButton>
        }
      >
        <PickList
          label={texts.taskProperties.assign}
          options={optionsOf({ people, me, agents }, assignee)}
          onPick={(id) => {
            setOpen(false)
            const assigned_to = id === NOBODY ? null : id
            if (assigned_to !== assignee) void onSave({ base: task, mine: { assigned_to } })
          }}
        />
      </Popover>
    </Property>
  )
}

function AssigneeIcon({ assignee, name }: { assignee: string; name: string }) {
  const kind = assignee.startsWith('agent:') ? 'agent' : 'person'
  return <Avatar kind={kind} id={assignee.replace(/^\w+:/, '')} name={name} />
}

/** Nobody, the person themselves, everybody else, agents; and a name that an import brought, as long as it is set. */
function optionsOf(
  { people, me, agents }: { people: readonly Person[]; me: Actor | null; agents: readonly AgentChoice[] },
  assignee: string | null,
): PickOption[] {
  const mineFirst = people.toSorted((a, b) => Number(b.id === me?.id) - Number(a.id === me?.id))
  const known: PickOption[] = [
    ...mineFirst.map(({ id, name }) => ({
      id: `person:${id}`,
      label: name,
      icon: <Avatar id={id} name={name} />,
      ...(id === me?.id && { hint: texts.taskProperties.you }),
    })),
    ...agents.map(({ id, name }) => ({
      id: `agent:${id}`,
      label: name,
      icon: <Avatar kind="agent" id={id} name={name} />,
      hint: texts.taskProperties.agent,
    })),
  ]
  const other =
    assignee !== null && !known.some(({ id }) => id === assignee)
      ? [{ id: assignee, label: assigneeName(assignee, people) }]
      : []
  const all = [{ id: NOBODY, label: texts.taskProperties.nobody, icon: <CircleUser /> }, ...known, ...other]
  return all.map((option) => ({ ...option, isChosen: option.id === (assignee ?? NOBODY) }))
}
