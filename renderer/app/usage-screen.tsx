import { BudgetsSection } from '../features/budgets/budgets-section.tsx'
import { PricesSection } from '../features/budgets/prices-section.tsx'
import { UsagePage } from '../features/insights/usage-page.tsx'

/** What agents cost, what they may cost, and by which prices. */
export function UsageScreen() {
  return (
    <UsagePage>
      <BudgetsSection boardId={null} />
      <PricesSection />
    </UsagePage>
  )
}
