-- Who does what: people, the feed that people read, the trail that nobody can edit, and who looks at a board now.

CREATE TABLE users (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  name varchar(255) NOT NULL,
  email varchar(255),
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now()
);
CREATE UNIQUE INDEX uq_users_email ON users (email);
CREATE TRIGGER set_updated_at BEFORE UPDATE ON users FOR EACH ROW EXECUTE FUNCTION set_updated_at();

-- Seed 2's names. Written while the board is held, so ids commit in their order per board; so does the time:
-- now() is when a transaction began, before it waited.
CREATE TABLE activity_logs (
  id bigserial PRIMARY KEY,
  board_id uuid NOT NULL REFERENCES boards (id) ON DELETE CASCADE,
  task_id uuid REFERENCES tasks (id) ON DELETE SET NULL,
  task_execution_id uuid REFERENCES executions (id) ON DELETE SET NULL,
  actor_type varchar(20) NOT NULL,
  actor_id text,
  actor_name varchar(255) NOT NULL,
  event_type varchar(100) NOT NULL,
  message text NOT NULL,
  metadata jsonb NOT NULL DEFAULT '{}',
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  CONSTRAINT activity_logs_actor_type_check CHECK (actor_type IN ('person', 'agent', 'system'))
);
CREATE INDEX idx_activity_logs_board_id ON activity_logs (board_id, id DESC);
CREATE INDEX idx_activity_logs_task_id ON activity_logs (task_id, id DESC);
CREATE INDEX idx_activity_logs_task_execution_id ON activity_logs (task_execution_id);

CREATE TABLE board_presence (
  board_id uuid NOT NULL REFERENCES boards (id) ON DELETE CASCADE,
  instance_id uuid NOT NULL,
  user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  since timestamptz NOT NULL DEFAULT now(),
  seen_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (board_id, instance_id)
);
CREATE INDEX idx_board_presence_user_id ON board_presence (user_id);

-- No foreign keys: a record survives what it tells of.
CREATE TABLE audit_logs (
  id bigserial PRIMARY KEY,
  board_id uuid,
  entity_type varchar(50) NOT NULL,
  entity_id uuid NOT NULL,
  action varchar(50) NOT NULL,
  actor_type varchar(20) NOT NULL,
  actor_id text,
  actor_name varchar(255) NOT NULL,
  changes jsonb NOT NULL,
  correlation_id varchar(100),
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  CONSTRAINT audit_logs_actor_type_check CHECK (actor_type IN ('person', 'agent', 'system'))
);
CREATE INDEX idx_audit_logs_board_id ON audit_logs (board_id, id DESC);
CREATE INDEX idx_audit_logs_entity_id ON audit_logs (entity_id, id DESC);
-- Rows come in the order of time: the smallest index finds the old ones.
CREATE INDEX idx_audit_logs_created_at ON audit_logs USING brin (created_at);
CREATE INDEX idx_board_events_created_at ON board_events USING brin (created_at);

-- Writes what a row was and became. Arguments: the entity's name, then columns that are not worth a record.
-- Who and why: the transaction's settings rangers.actor ({"type", "id", "name"}) and rangers.correlation_id.
CREATE FUNCTION audit_row() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
  entity text := TG_ARGV[0];
  ignored text[] := TG_ARGV[1:];
  old_row jsonb := to_jsonb(OLD) - ignored;
  new_row jsonb := to_jsonb(NEW) - ignored;
  whole jsonb := coalesce(new_row, old_row);
  actor jsonb := nullif(current_setting('rangers.actor', true), '')::jsonb;
  was jsonb;
  is_now jsonb;
  act text;
BEGIN
  CASE TG_OP
    WHEN 'INSERT' THEN
      act := CASE entity WHEN 'execution' THEN 'execute' ELSE 'create' END;
      is_now := new_row;
    WHEN 'DELETE' THEN
      act := 'purge';
      was := old_row;
    ELSE
      IF old_row = new_row THEN RETURN NULL; END IF;
      SELECT jsonb_object_agg(o.key, o.value), jsonb_object_agg(o.key, new_row -> o.key) INTO was, is_now
        FROM jsonb_each(old_row) o WHERE o.value IS DISTINCT FROM new_row -> o.key;
      act := CASE
        WHEN is_now ? 'deleted_at' THEN CASE WHEN is_now ->> 'deleted_at' IS NULL THEN 'restore' ELSE 'delete' END
        WHEN is_now ->> 'resolution' = 'merged' THEN 'merge'
        WHEN is_now ->> 'resolution' = 'discarded' THEN 'discard'
        WHEN is_now ->> 'cancel_requested_at' IS NOT NULL THEN 'cancel'
        WHEN entity = 'execution' AND is_now ->> 'status' = 'cancelled' THEN 'cancel'
        WHEN entity = 'execution' AND is_now ->> 'status' = 'running' AND was ->> 'status' <> 'pending' THEN 'retry'
        WHEN is_now ?| ARRAY['column_id', 'order'] THEN 'move'
        ELSE 'update'
      END;
  END CASE;
  INSERT INTO audit_logs
    (board_id, entity_type, entity_id, action, actor_type, actor_id, actor_name, changes, correlation_id)
  VALUES (
    (CASE entity WHEN 'board' THEN whole ->> 'id' ELSE whole ->> 'board_id' END)::uuid,
    entity,
    (whole ->> 'id')::uuid,
    act,
    coalesce(actor ->> 'type', 'system'),
    actor ->> 'id',
    coalesce(actor ->> 'name', 'system'),
    jsonb_build_object('before', was, 'after', is_now),
    nullif(current_setting('rangers.correlation_id', true), '')
  );
  RETURN NULL;
END $$;

CREATE TRIGGER audit AFTER INSERT OR UPDATE OR DELETE ON projects
  FOR EACH ROW EXECUTE FUNCTION audit_row('project', 'created_at', 'updated_at');
CREATE TRIGGER audit AFTER INSERT OR UPDATE OR DELETE ON boards
  FOR EACH ROW EXECUTE FUNCTION audit_row('board', 'created_at', 'updated_at', 'next_task_number');
CREATE TRIGGER audit AFTER INSERT OR UPDATE OR DELETE ON columns
  FOR EACH ROW EXECUTE FUNCTION audit_row('column', 'created_at', 'updated_at');
CREATE TRIGGER audit AFTER INSERT OR UPDATE OR DELETE ON tasks
  FOR EACH ROW EXECUTE FUNCTION audit_row('task', 'created_at', 'updated_at');
-- Of a run only its course, not its every breath; never what agents say.
CREATE TRIGGER audit AFTER INSERT OR DELETE ON executions
  FOR EACH ROW EXECUTE FUNCTION audit_row('execution', 'created_at', 'updated_at', 'last_sequence', 'owner_id',
    'lease_expires_at', 'input_tokens', 'output_tokens', 'cache_read_tokens', 'cache_write_tokens', 'cost_usd',
    'files_changed', 'additions', 'deletions', 'current_phase', 'result_summary');
CREATE TRIGGER audit_course AFTER UPDATE ON executions FOR EACH ROW
  WHEN (OLD.status IS DISTINCT FROM NEW.status OR OLD.resolution IS DISTINCT FROM NEW.resolution
    OR OLD.cancel_requested_at IS DISTINCT FROM NEW.cancel_requested_at)
  EXECUTE FUNCTION audit_row('execution', 'created_at', 'updated_at', 'last_sequence', 'owner_id',
    'lease_expires_at', 'input_tokens', 'output_tokens', 'cache_read_tokens', 'cache_write_tokens', 'cost_usd',
    'files_changed', 'additions', 'deletions', 'current_phase', 'result_summary');

-- The trail can only grow. Rows of more than 90 days may go, when the transaction says rangers.audit_retention = 'on'.
CREATE FUNCTION keep_audit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    IF OLD.created_at < clock_timestamp() - interval '90 days'
      AND current_setting('rangers.audit_retention', true) = 'on' THEN RETURN OLD; END IF;
  END IF;
  RAISE EXCEPTION 'audit_logs is append-only: % is refused', TG_OP USING ERRCODE = 'object_not_in_prerequisite_state',
    HINT = 'Rows can be removed after 90 days, by the app.';
END $$;
CREATE TRIGGER keep BEFORE DELETE ON audit_logs FOR EACH ROW EXECUTE FUNCTION keep_audit();
CREATE TRIGGER keep_all BEFORE UPDATE OR TRUNCATE ON audit_logs FOR EACH STATEMENT EXECUTE FUNCTION keep_audit();

-- TRUNCATE fires no row triggers: rows would go without a record.
CREATE FUNCTION refuse_truncate() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'TRUNCATE of % would leave no audit record', TG_TABLE_NAME
    USING ERRCODE = 'object_not_in_prerequisite_state', HINT = 'Use DELETE.';
END $$;
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON projects FOR EACH STATEMENT EXECUTE FUNCTION refuse_truncate();
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON boards FOR EACH STATEMENT EXECUTE FUNCTION refuse_truncate();
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON columns FOR EACH STATEMENT EXECUTE FUNCTION refuse_truncate();
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON tasks FOR EACH STATEMENT EXECUTE FUNCTION refuse_truncate();
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON executions FOR EACH STATEMENT EXECUTE FUNCTION refuse_truncate();
