import { Settings } from 'lucide-react'
import { usePaletteSource } from '../lib/actions/palette-sources.ts'
import { foldText, fuzzyBest, fuzzyQuery, fuzzyScore } from '../lib/fuzzy.ts'
import { navigate } from '../lib/route.ts'
import { SETTINGS_SECTIONS, type SettingsSection } from '../lib/settings-sections.ts'
import { texts } from '../lib/texts/texts.ts'

const FOUND = 4
/** As for actions: what only its other words tell goes behind what its title says. */
const BY_KEYWORDS = 0.8
/** Below it, only letters fit, here and there in so many words. */
const LEAST = 0.45

/** The sections of the settings in the palette, each by its title and by what is set there. */
export function usePaletteSettings(): void {
  const { words } = texts.settingsSections
  usePaletteSource({
    id: 'settings',
    heading: texts.settings.settings,
    search: (text) => {
      const query = fuzzyQuery(text)
      const score = (section: SettingsSection) => {
        const { title, keywords } = words[section]
        const inAll = foldText(`${title} ${texts.settings.settings} ${keywords}`)
        const best = Math.max(fuzzyScore(query, foldText(title)), BY_KEYWORDS * fuzzyScore(query, inAll))
        return best < LEAST ? 0 : best
      }
      return fuzzyBest(SETTINGS_SECTIONS, score, FOUND).map(({ item }) => ({
        id: item,
        title: words[item].title,
        keywords: `${texts.settings.settings} ${words[item].keywords}`,
        icon: <Settings />,
        run: () => navigate({ page: 'settings', section: item }),
      }))
    },
  })
}
