import { plural } from '../format.ts'

export const PROJECTS = {
  agentsStartFromCommit:
    'Agents start from a commit. You can open it and write cards; make a first commit before you run them.',
  repositoryWithoutCommit: 'A repository without a commit',
  agentsWorkOnCopy:
    'Agents work on a copy of the folder, and the result is copied back when you accept it. Run',
  andCommitFirstIf: 'and commit first if you want branches and real merges.',
  noGitRepository: 'No git repository',
  gitInit: 'git init',
  gitRepositoryOnBranch: 'Git repository on branch',
  gitRepositoryNoBranch:
    'Git repository; no branch is checked out (detached HEAD). Results are merged once you check out a branch.',
  fileWithChanges: (uncommittedFiles: number) =>
    `${plural(uncommittedFiles, 'file')} with changes that are not committed. They stay as they are, and agents do not see them.`,
  openFolder: 'Open a folder',
  gitRepositoryBestEach:
    'A git repository is best: each card then gets a branch and a worktree of its own. Looking at it changes nothing.',
  stopLooking: 'Stop looking',
  cancel: 'Cancel',
  continue: 'Continue',
  pathFolder: 'Path of the folder',
  homeYouProjectsShop: '/home/you/projects/shop',
  browse: 'Browse…',
  looking: (path: string) => `Looking at ${path}…`,
  open: (total: string) => `Open “${total}”`,
  back: 'Back',
  opening: 'Opening…',
  openNow: 'Open',
  theseCommandsFound:
    'These commands were found in the project. They are run in copies of it, never in your folder; change them or leave them empty.',
  noCommandsFound:
    'No commands were found in the project. With them the app prepares, checks and starts results; you can add them later.',
  sampleCouldNotMade: 'The sample could not be made',
  writeCard: 'Write a card',
  sayWhatShouldDifferent: 'Say what should be different when it is done.',
  dragInProgress: 'Drag it to “In progress”',
  architectPlansDeveloperWrites:
    'An architect plans, a developer writes, a reviewer judges, in a git worktree of their own.',
  readChanges: 'Read the changes',
  mergeThemOrThrow: 'Merge them, or throw them away. Your files are untouched until you merge.',
  boardWhoseCardsDone: 'A board whose cards are done by agents',
  openProject:
    'Open a project from your disk, write down what you want, and watch agents plan, write and review it.',
  yourOwnProject: 'Your own project',
  folderOrGitRepository: 'A folder or git repository on this computer. Opening it changes nothing in it.',
  openFolderEntry: 'Open a folder…',
  seeWorkFirst: 'See it work first',
  smallLibraryWithFailing:
    'A small library with a failing test, and a demo agent that mends it. It works offline.',
  makingSample: 'Making the sample…',
  trySample: 'Try the sample',
  needsNoKey: 'Needs no key',
  needsGitNoKey: 'Needs git, but no key',
  gitNeeded: 'Git is needed to open a folder',
  gitFound: (found: string, fix: string) => `git: ${found}. ${fix}`,
  whatHappensNext: 'What happens next',
  ready: (name: string) => `${name} is ready`,
  agentsNeedKey: 'Agents need a key:',
  addOneInSettings: 'add one in the settings',
} as const
