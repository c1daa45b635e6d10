import type { InterruptedMerge } from '#shared/diff.ts'
import { formatWhole, plural } from '../format.ts'

export const CHANGES = {
  changesCouldNotRead: 'The changes could not be read',
  nothingChangedYet: 'Nothing changed yet',
  noFilesChanged: 'No files were changed',
  changedFilesAppearHere: 'Changed files appear here while the agents write them.',
  runLeftEveryFile: 'This run left every file as it was, so there is nothing to merge.',
  viewed: 'Viewed',
  viewedFile: (path: string) => `Viewed: ${path}`,
  viewedOf: (viewed: number, all: number) => `${viewed} of ${all} viewed`,
  changedSinceViewed: 'Changed since you viewed it',
  fileChanged: (count: number) => `${plural(count, 'file')} changed`,
  collapseAllFiles: 'Collapse all files',
  expandAllFiles: 'Expand all files',
  viewChanges: 'View of the changes',
  unified: 'Unified',
  split: 'Split',
  loadingChanges: 'Loading the changes',
  comment: (path: string) => `Comment on ${path}`,
  commentOnLine: (line: number, path: string) => `Comment on line ${line} of ${path}`,
  line: 'Line',
  yourComment: 'Your comment',
  whatChangedHere: 'What is to be changed here?',
  addComment: 'Add comment',
  cancel: 'Cancel',
  commentsSent: 'Comments to be sent',
  file: 'The file',
  lineNumber: (line: number) => `Line ${line}`,
  editComment: 'Edit this comment',
  editsComment: (where: string, path: string) => `Edit comment: ${where}, ${path}`,
  saveComment: 'Save comment',
  commentChanged: 'Comment changed',
  editGivenUp: 'The comment stays as it was',
  removeComment: 'Remove this comment',
  added: 'Added',
  modified: 'Modified',
  deleted: 'Deleted',
  renamed: 'Renamed',
  binaryFileNoLinesShow: 'A binary file; it has no lines to show.',
  loading: (path: string) => `Loading ${path}`,
  fileCouldNotRead: 'This file could not be read',
  changeTooLongShow: (count: number) =>
    `This change is too long to show whole (${plural(count, 'line')}). The rest is on the branch.`,
  lineGoesOn: ' … (the line goes on)',
  linesShown: (shown: number, all: number) => `${formatWhole(shown)} of ${formatWhole(all)} lines are shown.`,
  showMoreLines: 'Show more lines',
  noLinesChangedOnly: 'No lines were changed, only the file’s name or its permissions.',
  merged: (cardKey: string) => `${cardKey} is merged`,
  changesInAsCommit: (baseBranch: string, commit: string) =>
    `The changes are in ${baseBranch} as commit ${commit}.`,
  merge: (cardKey: string) => `Merge ${cardKey}`,
  checkAgain: 'Check again',
  mergeNow: 'Merge',
  markMerged: 'Mark as merged',
  hasThisAlready: (baseBranch: string) => `${baseBranch} has all of this work`,
  hasThisAlreadyHow:
    'It was merged in git, or the app ended while it merged. Nothing will change in git: the card counts as merged, and its workspace is tidied up.',
  tryingMergeWithoutTouching: 'Trying the merge, without touching your files…',
  commitWithChangedFile: (commits: number, filesChanged: number) =>
    `${plural(commits, 'commit')} with ${plural(filesChanged, 'changed file')} will be merged into`,
  mergesWithoutConflicts: '. It merges without conflicts.',
  reviewerNotApprovedWork: 'The reviewer has not approved this work. Read the changes first.',
  mergedWithoutComments: (count: number) =>
    `${plural(count, 'comment')} of yours on these changes ${count === 1 ? 'is' : 'are'} not sent yet. Request changes first if the agents are to mend that.`,
  olderComeAlong: (commits: number, baseBranch: string) =>
    `${plural(commits, 'commit')} from before this work ${commits === 1 ? 'is' : 'are'} not in ${baseBranch} either, and ${commits === 1 ? 'comes' : 'come'} along.`,
  noBase: (baseBranch: string | null) =>
    baseBranch === null ? 'This work began from no branch' : `There is no branch ${baseBranch} any more`,
  chooseBase: 'Choose the branch that it should go into. Nothing is merged yet.',
  chooseBaseOfRevert:
    'These branches have the merge. Choose the one to take it out of. Nothing is reverted yet.',
  takeOutOf: 'Take it out of',
  noOtherBranch: 'There is no other branch to merge into. Create one in git, then check again.',
  mergeInto: 'Merge into',
  useBranch: 'Use this branch',
  baseNotChosen: 'The branch was not chosen',
  thereNothingMergeEverything: (baseBranch: string) =>
    `There is nothing to merge: the work changes no file of ${baseBranch}.`,
  bothSidesChangedSame:
    'Both sides changed the same lines. Nothing was touched. Run the card again on the newer state, or merge the branch',
  byHand: 'by hand, and mark it as merged here then.',
  conflicts: (baseBranch: string) => `It conflicts with ${baseBranch}`,
  checkedOut: (baseBranch: string) =>
    `${baseBranch} is checked out in your folder, with changes in the same files that are not committed. Commit or put them aside, then check again.`,
  yourOwnChangesInWay: 'Your own changes are in the way',
  changedFiles: 'Changed files',
  workNotDiscarded: 'The work was not discarded',
  workOnDiscarded: (cardKey: string) => `The work on ${cardKey} was discarded`,
  workIsKept: 'All of it is kept, and can be brought back on the card.',
  discardedWork: (cardKey: string) => `discarded the work on ${cardKey}`,
  restore: 'Bring back',
  workRestored: (cardKey: string) => `The work on ${cardKey} is back`,
  workOnBranch: (branch: string) => `It is on ${branch} again, to be changed, merged or discarded.`,
  /** A plain folder has no branches. */
  workInWorkspace: 'It can be changed, merged or discarded again.',
  workNotRestored: 'The work was not brought back',
  mergeEntry: 'Merge…',
  revertEntry: 'Revert merge…',
  revert: (cardKey: string) => `Revert the merge of ${cardKey}`,
  revertNow: 'Revert merge',
  tryingRevert: 'Trying it, without touching your files…',
  /** A plain folder has no commits. */
  revertMakesCommit: (commits: number, files: number) =>
    commits === 0
      ? `${plural(files, 'file')} will be as before the merge in`
      : `A new commit takes ${plural(commits, 'commit')} with ${plural(files, 'changed file')} out of`,
  revertKeepsTheRest: '. What was committed there since stays, and so do your own changes.',
  revertBringsWorkBack:
    'The card goes back to review and the work to its branch, to be changed, merged again or discarded. Cards that waited for this one and have begun go on.',
  alreadyReverted: (baseBranch: string) => `${baseBranch} does not have this change any more`,
  alreadyRevertedMeans:
    'It was taken out by hand, or the app ended before it was written down. No commit is made: only the card goes back to review, and the work to its branch.',
  revertConflicts: (baseBranch: string) => `${baseBranch} was changed in the same places since`,
  revertConflictsMeans:
    'Nothing was touched. Take back what came later first, or take this change out by hand where they meet:',
  reverted: (cardKey: string) => `The merge of ${cardKey} is reverted`,
  changesOutAsCommit: (baseBranch: string, commit: string) =>
    `The changes are out of ${baseBranch} as of commit ${commit}.`,
  changesOut: (baseBranch: string) => `The changes are out of ${baseBranch}.`,
  workAgainOn: (branch: string) => `The work is on ${branch} again.`,
  workAgainKept: (ref: string) =>
    `Its checkout could not be made: the work is kept under ${ref}. The log says why.`,
  /** Of a plain folder, by what was under way there. */
  interrupted: {
    merge: {
      title: 'The merge was interrupted',
      howFar: (done: number, all: number, folder: string) =>
        done === all
          ? `All of its ${plural(all, 'file')} are in ${folder}, but the card does not count as merged yet.`
          : `${done} of its ${plural(all, 'file')} ${done === 1 ? 'is' : 'are'} in ${folder}, and the rest is not.`,
      finish: 'Finish merge…',
      takeBack: (cardKey: string) => `Take the merge of ${cardKey} back?`,
      takeBackMeans: (files: number, folder: string) =>
        `${plural(files, 'file')} in ${folder} will be as before the merge. The work stays in its workspace, to be changed, merged or discarded.`,
      takenBack: (cardKey: string) => `The merge of ${cardKey} is taken back`,
    },
    revert: {
      title: 'The revert of the merge was interrupted',
      howFar: (done: number, all: number, folder: string) =>
        done === all
          ? `All of its ${plural(all, 'file')} are as before the merge in ${folder}, but the card still counts as merged.`
          : `${done} of its ${plural(all, 'file')} ${done === 1 ? 'is' : 'are'} as before the merge in ${folder}, and the rest is not.`,
      finish: 'Finish revert…',
      takeBack: (cardKey: string) => `Take the revert of ${cardKey} back?`,
      takeBackMeans: (files: number, folder: string) =>
        `${plural(files, 'file')} in ${folder} will be as merged again. The card stays merged.`,
      takenBack: (cardKey: string) => `${cardKey} is merged as before`,
    },
  },
  changedSince: 'These were changed by somebody else since, and are left as they are:',
  halfAndLost: (folder: string, obstacle: string) =>
    `Some of these files in ${folder} may be changed, and nothing can be done about it from here: ${obstacle}`,
  takeBackEntry: 'Take back…',
  takeBackNow: 'Take back',
  notTakenBack: 'It was not taken back',
  staysAsItIs: (files: readonly string[]) =>
    `Changed since, and left as ${itIs(files)}: ${files.join(', ')}.`,
  filesPutBack: (count: number, left: readonly string[]) =>
    `${count === 0 ? 'No file had to be put back.' : `${plural(count, 'file')} put back.`}${left.length > 0 ? ` Left as ${itIs(left)}: ${left.join(', ')}.` : ''}`,
  goesOn: ({ done, open, changed }: Pick<InterruptedMerge, 'done' | 'open' | 'changed'>) =>
    `It goes on where it stopped: ${done.length} of ${plural(done.length + open.length + changed.length, 'file')} ${done.length === 1 ? 'is' : 'are'} done.`,
  interruptedConflict:
    'They were changed since the work began, so they are not written over. Take it back, or put these files back by hand and check again.',
  discard: 'Discard…',
  nothingGoesInto: (baseBranch: string | null) =>
    `Nothing of it goes into ${baseBranch ?? 'your project'}. The workspace is removed; the work itself is kept, and can be brought back.`,
  discardWork: (cardKey: string) => `Discard the work on ${cardKey}?`,
  discardNow: 'Discard',
  changesNotRequested: 'The changes were not requested',
  changesRequested: 'Changes requested',
  anotherRoundBegins: 'Another round begins with your comments.',
  commentNotSentYet: (count: number) => `${plural(count, 'comment')} not sent yet`,
  commentRemoved: 'Comment removed',
  commentsDiscarded: (count: number) => `${plural(count, 'comment')} discarded`,
  undo: 'Undo',
  requestChanges: 'Request changes',
} as const

function itIs(files: readonly string[]): string {
  return files.length === 1 ? 'it is' : 'they are'
}
