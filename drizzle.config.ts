import { defineConfig } from 'drizzle-kit'

// For drizzle-kit's own commands (studio, say). Migrations are made by `npm run db -- make`, never by `generate`: see
// docs/adr/0007-own-migrations.md.
export default defineConfig({
  dialect: 'postgresql',
  schema: './db/schema/*.ts',
  ...(process.env.DATABASE_URL ? { dbCredentials: { url: process.env.DATABASE_URL } } : {}),
})
