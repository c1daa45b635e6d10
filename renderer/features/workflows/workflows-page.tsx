import { useQuery } from '@tanstack/react-query'
import clsx from 'clsx'
import { Archive, ArchiveRestore, History, Plus, Workflow as WorkflowIcon } from 'lucide-react'
import { useState } from 'react'
import { BUILT_IN_WORKFLOWS } from '#shared/built-in-workflows.ts'
import type { Workflow } from '#shared/workflow.ts'
import { keys } from '../../lib/query-keys.ts'
import { navigate, routeHash } from '../../lib/route.ts'
import { texts } from '../../lib/texts/texts.ts'
import { api } from '../../lib/trpc.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { EmptyState, ErrorState } from '../../ui/notice.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { useWorkflowActions, useWorkflows } from './use-workflows.ts'
import { forgetSavedDraft, readWorkflowDraft, writeWorkflowDraft } from './workflow-drafts.ts'
import { type WorkflowDraft, WorkflowEditor } from './workflow-editor.tsx'
import { WorkflowVersions } from './workflow-versions.tsx'
import styles from './workflows-page.module.css'

const BUILT_INS = Object.values(BUILT_IN_WORKFLOWS)
const FIRST = BUILT_IN_WORKFLOWS.development

const open = (id: string) => navigate({ page: 'workflows', id })

/** The ways in which agents work: those of the app, and those that people make of them. */
export function WorkflowsPage({ id }: { id: string | null }) {
  const workflows = useWorkflows()
  const { create, save, archive } = useWorkflowActions({
    onCreated: ({ id: made }) => open(made),
    onSaved: (saved, draft) => forgetSavedDraft(saved.id, draft),
  })
  const all = workflows.data ?? []
  const chosen = id ?? FIRST.type
  const builtIn = BUILT_INS.find(({ type }) => type === chosen)
  const own = all.find((one) => one.id === chosen)
  const copy = (draft: WorkflowDraft) => create.mutate({ ...draft, name: freeName(draft.name, all) })
  return (
    <main className={styles.page} aria-label={texts.workflows.workflows}>
      <nav className={styles.side} aria-label={texts.workflows.workflows}>
        <header className={styles.sideHead}>
          <h1 className={styles.title}>{texts.workflows.workflows}</h1>
          <IconButton
            label={texts.workflows.newWorkflow}
            onClick={() => copy({ ...FIRST, name: texts.workflows.myWorkflow })}
          >
            <Plus />
          </IconButton>
        </header>
        <h2 className={styles.group}>{texts.workflows.app}</h2>
        <ul className={styles.list}>
          {BUILT_INS.map(({ type, name, description }) => (
            <li key={type}>
              <Entry id={type} name={name} facts={description} isCurrent={chosen === type} />
            </li>
          ))}
        </ul>
        <h2 className={styles.group}>{texts.workflows.yourOwn}</h2>
        {workflows.isPending && <Skeleton height="44px" />}
        {workflows.error && !workflows.data && (
          <ErrorState
            title={texts.workflows.workflowsCouldNotRead}
            error={workflows.error}
            onRetry={() => void workflows.refetch()}
          />
        )}
        {workflows.data?.length === 0 && <p className={styles.none}>{texts.workflows.noneYetDuplicateOne}</p>}
        <ul className={styles.list}>
          {all.map((one) => (
            <li key={one.id}>
              <Entry
                id={one.id}
                name={one.name}
                facts={texts.workflows.archivedVersion(one.archived_at, one.version)}
                isCurrent={chosen === one.id}
                isArchived={one.archived_at !== null}
              />
            </li>
          ))}
        </ul>
      </nav>
      <div className={styles.main}>
        {builtIn && (
          <WorkflowEditor
            key={builtIn.type}
            saved={{ name: builtIn.name, definition: builtIn.definition }}
            left={null}
            isReadOnly
            facts={texts.workflows.comesWithAppDuplicateChange}
            providers={[]}
            isSaving={false}
            onSave={() => {}}
            onCopy={copy}
            onDraft={() => {}}
          />
        )}
        {own && (
          <OwnWorkflow
            key={`${own.id} ${own.version}`}
            workflow={own}
            isSaving={save.isPending}
            onSave={(draft) => save.mutate({ workflow: own, draft })}
            onCopy={copy}
            onArchive={(archived) => archive.mutate({ workflow: own, archived })}
          />
        )}
        {!builtIn && !own && workflows.data && (
          <EmptyState
            icon={<WorkflowIcon />}
            title={texts.workflows.workflowNotThere}
            actions={<Button onClick={() => open(FIRST.type)}>{texts.workflows.firstOne}</Button>}
          >
            {texts.workflows.mayOneAnotherDatabase}
          </EmptyState>
        )}
      </div>
    </main>
  )
}

interface OwnWorkflowProps {
  workflow: Workflow
  isSaving: boolean
  onSave: (draft: WorkflowDraft) => void
  onCopy: (draft: WorkflowDraft) => void
  onArchive: (archived: boolean) => void
}

function OwnWorkflow({ workflow, isSaving, onSave, onCopy, onArchive }: OwnWorkflowProps) {
  const { id, name, definition, version, updated_at, archived_at } = workflow
  const providers = useQuery({ queryKey: keys.providers, queryFn: () => api.settings.providers.query() })
  const [isListing, setListing] = useState(false)
  /** Grows when another version is taken to edit: the form begins anew with it. */
  const [taken, setTaken] = useState(0)
  return (
    <>
      <div className={styles.tools}>
        <Button size="small" variant="ghost" icon={<History />} onClick={() => setListing(true)}>
          {texts.workflows.versionsTitle}
        </Button>
        <Button
          size="small"
          variant="ghost"
          icon={archived_at ? <ArchiveRestore /> : <Archive />}
          onClick={() => onArchive(archived_at === null)}
        >
          {archived_at ? texts.workflows.restore : texts.workflows.archive}
        </Button>
      </div>
      <WorkflowEditor
        key={taken}
        saved={{ name, definition }}
        left={readWorkflowDraft(id)}
        isReadOnly={false}
        facts={texts.workflows.versionChanged(version, updated_at)}
        providers={providers.data ?? []}
        isSaving={isSaving}
        onSave={onSave}
        onCopy={onCopy}
        onDraft={(draft) => writeWorkflowDraft(id, draft)}
      />
      {isListing && (
        <WorkflowVersions
          workflow={workflow}
          onClose={() => setListing(false)}
          onTake={(one) => {
            writeWorkflowDraft(id, { name: one.name, definition: one.definition })
            setTaken((count) => count + 1)
            setListing(false)
          }}
        />
      )}
    </>
  )
}

interface EntryProps {
  id: string
  name: string
  facts: string
  isCurrent: boolean
  isArchived?: boolean
}

function Entry({ id, name, facts, isCurrent, isArchived = false }: EntryProps) {
  return (
    <a
      href={routeHash({ page: 'workflows', id })}
      className={clsx(styles.entry, isArchived && styles.archived)}
      aria-current={isCurrent ? 'page' : undefined}
    >
      <span className={styles.rowName}>{name}</span>
      <span className={styles.facts}>{facts}</span>
    </a>
  )
}

function freeName(wanted: string, all: readonly Workflow[]): string {
  const taken = new Set([...BUILT_INS, ...all].map(({ name }) => name.toLowerCase()))
  const base = wanted.trim().slice(0, 90) || texts.workflows.workflowTitle
  let name = base
  for (let number = 2; taken.has(name.toLowerCase()); number += 1) name = `${base} ${number}`
  return name
}
