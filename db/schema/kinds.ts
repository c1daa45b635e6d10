import { timestamp, uuid } from 'drizzle-orm/pg-core'

/** Every table has these three; `updated_at` is kept by a trigger. */
export const baseColumns = {
  id: uuid().primaryKey().defaultRandom(),
  created_at: timestamp({ withTimezone: true }).notNull().defaultNow(),
  updated_at: timestamp({ withTimezone: true }).notNull().defaultNow(),
}
