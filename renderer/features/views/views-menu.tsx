import { Bookmark, Pencil, Plus, RefreshCw, Star, Trash2 } from 'lucide-react'
import { useState } from 'react'
import type { BoardQuery } from '#shared/board-query.ts'
import type { BoardId, ViewId } from '#shared/ids.ts'
import type { SavedView } from '#shared/saved-view.ts'
import { useOffers } from '../../lib/actions/use-offers.ts'
import { errorText } from '../../lib/error-text.ts'
import { api } from '../../lib/trpc.ts'
import { Button } from '../../ui/button.tsx'
import { Menu, type MenuEntry } from '../../ui/menu.tsx'
import { showToast } from '../../ui/toast.tsx'
import { isSameQuery } from './same-query.ts'
import { useDefaultView } from './use-default-view.ts'
import { ViewNameDialog } from './view-name-dialog.tsx'

interface ViewsMenuProps {
  boardId: BoardId
  views: readonly SavedView[]
  query: BoardQuery
  onShow: (query: BoardQuery) => void
}

/** The saved views of a board, and what can be done with the one that is shown. */
export function ViewsMenu({ boardId, views, query, onShow }: ViewsMenuProps) {
  const [lastId, setLastId] = useState<ViewId | null>(null)
  const [naming, setNaming] = useState<'new' | 'rename' | null>(null)
  const [defaultId, setDefault] = useDefaultView(boardId)
  const byName = views.toSorted((a, b) => a.name.localeCompare(b.name))
  const shown = byName.find((view) => isSameQuery(view.query, query))
  /** The one that is shown, or that was before the person changed the filter. */
  const current = shown ?? byName.find(({ id }) => id === lastId)
  const show = (view: SavedView) => {
    setLastId(view.id)
    onShow(view.query)
  }
  const create = async (name: string) => {
    const view = await api.views.create.mutate({ board_id: boardId, name, query })
    setLastId(view.id)
  }
  useOffers({
    'view.save': { run: () => setNaming('new'), isEnabled: () => shown === undefined },
    'view.open': {
      choices: () =>
        byName.map((view) => ({
          id: view.id,
          title: view.name,
          isChosen: view === shown,
          run: () => show(view),
        })),
      isEnabled: () => byName.length > 0,
    },
  })
  const entries: MenuEntry[] = [
    ...byName.map((view) => ({
      label: view.name,
      isChecked: view === shown,
      ...(view.id === defaultId && { hint: 'Opens first' }),
      onSelect: () => show(view),
    })),
    ...(byName.length > 0 ? [{ kind: 'separator' } as const] : []),
    ...(current && !shown
      ? [
          {
            label: `Update “${current.name}”`,
            icon: <RefreshCw />,
            onSelect: () => void update(current, query),
          },
        ]
      : []),
    {
      label: 'Save as a new view…',
      icon: <Plus />,
      isDisabled: shown !== undefined,
      onSelect: () => setNaming('new'),
    },
    ...(current
      ? [
          {
            label: defaultId === current.id ? 'Do not open it first' : 'Open the board with it',
            icon: <Star />,
            onSelect: () => setDefault(defaultId === current.id ? null : current.id),
          },
          { label: `Rename “${current.name}”…`, icon: <Pencil />, onSelect: () => setNaming('rename') },
          {
            label: `Delete “${current.name}”`,
            icon: <Trash2 />,
            isDangerous: true,
            onSelect: () => void remove(current),
          },
        ]
      : []),
  ]
  const name = current?.name ?? 'Views'
  return (
    <>
      <Menu entries={entries}>
        <Button
          variant="ghost"
          size="small"
          icon={<Bookmark />}
          aria-label={current ? `View: ${name}${shown ? '' : ', changed'}` : 'Saved views'}
        >
          {name}
          {current && !shown && ' •'}
        </Button>
      </Menu>
      {naming === 'new' && (
        <ViewNameDialog title="Save this view" name="" onSave={create} onClose={() => setNaming(null)} />
      )}
      {naming === 'rename' && current && (
        <ViewNameDialog
          title="Rename the view"
          name={current.name}
          onSave={(next) => api.views.update.mutate({ id: current.id, name: next })}
          onClose={() => setNaming(null)}
        />
      )}
    </>
  )
}

async function update(view: SavedView, query: BoardQuery): Promise<void> {
  try {
    await api.views.update.mutate({ id: view.id, query })
    const before = view.query
    showToast({
      title: `“${view.name}” was updated`,
      action: { label: 'Undo', run: () => void update(view, before) },
    })
  } catch (error) {
    showToast({ tone: 'bad', title: `“${view.name}” was not updated`, text: errorText(error) })
  }
}

async function remove({ id, board_id, name, query }: SavedView): Promise<void> {
  try {
    await api.views.delete.mutate({ id })
    const again = () =>
      void api.views.create.mutate({ board_id, name, query }).catch((error: unknown) => {
        showToast({ tone: 'bad', title: `“${name}” was not restored`, text: errorText(error) })
      })
    showToast({ title: `The view “${name}” was deleted`, action: { label: 'Undo', run: again } })
  } catch (error) {
    showToast({ tone: 'bad', title: `“${name}” was not deleted`, text: errorText(error) })
  }
}
