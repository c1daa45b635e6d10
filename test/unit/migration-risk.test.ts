import { expect, test } from 'vitest'
import { isAdditive } from '#db/migration-risk.ts'

const additive = (up: string, flag?: boolean) => isAdditive({ up, additive: flag })

test.each([
  'CREATE TABLE t (id int REFERENCES u (id) ON DELETE CASCADE); -- DROP nothing',
  'ALTER TABLE t ADD COLUMN "DROP" text DEFAULT \'DELETE FROM u; UPDATE u\'',
  'CREATE TRIGGER x BEFORE UPDATE ON t FOR EACH ROW EXECUTE FUNCTION f()',
  'CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN DELETE FROM t; RETURN NEW; END $$;',
  'ALTER TABLE t ADD CONSTRAINT k FOREIGN KEY (a) REFERENCES u (id) ON DELETE SET NULL',
  'CREATE INDEX i ON t (a); /* TRUNCATE u; */',
  '',
])('takes nothing away: %s', (up) => expect(additive(up)).toBe(true))

test.each([
  'DROP TABLE t',
  'alter table t drop column a',
  'ALTER TABLE t ALTER COLUMN a TYPE text',
  'ALTER TABLE t ALTER a SET NOT NULL',
  'ALTER TABLE t RENAME a TO b',
  'CREATE TABLE u (); DELETE FROM t WHERE a = 1',
  'UPDATE t SET a = 1',
  'TRUNCATE t',
  'INSERT INTO t VALUES (1) ON CONFLICT (a) DO UPDATE SET a = 2',
  'WITH gone AS (DELETE FROM t RETURNING *) SELECT 1',
  'DO $$ BEGIN DELETE FROM t; END $$',
])('may lose something: %s', (up) => expect(additive(up)).toBe(false))

test('meta.json knows better', () => {
  expect(additive('UPDATE t SET a = 1', true)).toBe(true)
  expect(additive('CREATE TABLE t ()', false)).toBe(false)
})
