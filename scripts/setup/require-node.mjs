// Read by any Node since 12.17, so that an old one gets a sentence and not a syntax error: no newer syntax in this file.

/**
 * What is wrong with this version of Node, as a sentence; undefined when it will do.
 * The bounds are those of package.json "engines".
 */
function nodeComplaint(version) {
  const [major, minor] = version.split('.').map(Number)
  if ((major === 20 && minor >= 19) || (major === 22 && minor >= 12) || major > 22) return undefined
  return `Agent Rangers needs Node 20.19 or newer (22.12 or newer in the 22 line), and this is Node ${version}. Install the current LTS version from https://nodejs.org and run the command again.`
}

const complaint = nodeComplaint(process.versions.node)
if (complaint) {
  process.stderr.write(`${complaint}\n`)
  process.exit(1)
}
