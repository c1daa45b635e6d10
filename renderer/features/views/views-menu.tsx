import { Bookmark } from 'lucide-react'
import { useState } from 'react'
import type { BoardQuery } from '#shared/board-query.ts'
import type { BoardId, ViewId } from '#shared/ids.ts'
import type { SavedView } from '#shared/saved-view.ts'
import { useOffers } from '../../lib/actions/use-offers.ts'
import { texts } from '../../lib/texts/texts.ts'
import { Button } from '../../ui/button.tsx'
import { Menu } from '../../ui/menu.tsx'
import { isSameQuery } from './same-query.ts'
import { useDefaultView } from './use-default-view.ts'
import { createView, deleteView, renameView, updateView } from './view-actions.ts'
import { viewEntries } from './view-entries.tsx'
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
    setLastId((await createView(boardId, name, query)).id)
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
  const entries = viewEntries({
    views: byName,
    shown,
    current,
    defaultId,
    onShow: show,
    onSave: () => setNaming('new'),
    onUpdate: (view) => void updateView(view, query),
    onDefault: setDefault,
    onRename: () => setNaming('rename'),
    onDelete: (view) => void deleteView(view),
  })
  const isChanged = current !== undefined && !shown
  const name = current?.name ?? texts.views.views
  return (
    <>
      <Menu entries={entries}>
        <Button
          variant="ghost"
          size="small"
          icon={<Bookmark />}
          aria-label={current ? texts.views.viewChanged(name, isChanged) : texts.views.savedViews}
        >
          {name}
          {isChanged && ' •'}
        </Button>
      </Menu>
      {naming === 'new' && (
        <ViewNameDialog
          title={texts.views.saveView}
          name=""
          onSave={create}
          onClose={() => setNaming(null)}
        />
      )}
      {naming === 'rename' && current && (
        <ViewNameDialog
          title={texts.views.renameView}
          name={current.name}
          onSave={(next) => renameView(current, next)}
          onClose={() => setNaming(null)}
        />
      )}
    </>
  )
}
