import { FilePen, Folder, GitBranch, TriangleAlert } from 'lucide-react'
import type { FolderReport } from '#shared/project.ts'
import { texts } from '../../lib/texts/texts.ts'
import { Callout } from '../../ui/notice.tsx'
import styles from './open-folder-dialog.module.css'

/** What was found in a folder, and what it means for the work of agents. */
export function FolderFacts({ report }: { report: FolderReport }) {
  return (
    <div className={styles.facts}>
      <p className={styles.fact}>
        <Folder />
        <span className={styles.mono}>{report.path}</span>
      </p>
      {report.kind === 'repository' && <RepositoryFacts report={report} />}
      {report.kind === 'empty_repository' && (
        <Callout tone="warn" icon={<TriangleAlert />} title={texts.projects.repositoryWithoutCommit}>
          {texts.projects.agentsStartFromCommit}
        </Callout>
      )}
      {report.kind === 'plain_folder' && (
        <Callout tone="warn" icon={<TriangleAlert />} title={texts.projects.noGitRepository}>
          {texts.projects.agentsWorkOnCopy} <code className={styles.mono}>{texts.projects.gitInit}</code>{' '}
          {texts.projects.andCommitFirstIf}
        </Callout>
      )}
    </div>
  )
}

function RepositoryFacts({ report }: { report: FolderReport }) {
  return (
    <>
      <p className={styles.fact}>
        <GitBranch />
        <span>
          {report.branch ? (
            <>
              {texts.projects.gitRepositoryOnBranch} <strong>{report.branch}</strong>
            </>
          ) : (
            texts.projects.gitRepositoryNoBranch
          )}
        </span>
      </p>
      {report.uncommitted_files > 0 && (
        <p className={styles.fact}>
          <FilePen />
          <span>{texts.projects.fileWithChanges(report.uncommitted_files)}</span>
        </p>
      )}
    </>
  )
}
