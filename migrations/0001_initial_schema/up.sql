-- Boards, columns and tasks exactly as in seed 1 (sections 2.2 to 2.4), then what the product adds to them.

CREATE FUNCTION set_updated_at() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- Not now(): that is when the transaction began, and a later change could seem older.
  NEW.updated_at = clock_timestamp();
  RETURN NEW;
END $$;

CREATE TABLE projects (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  name varchar(255) NOT NULL,
  path text NOT NULL,
  is_repository boolean NOT NULL,
  check_command varchar(1000),
  is_sample boolean NOT NULL DEFAULT false,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now()
);
CREATE UNIQUE INDEX uq_projects_path ON projects (path);

CREATE TABLE boards (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  name varchar(255) NOT NULL,
  description text,
  settings jsonb NOT NULL DEFAULT '{}',
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  key varchar(10) NOT NULL,
  next_task_number integer NOT NULL DEFAULT 1,
  project_id uuid REFERENCES projects (id) ON DELETE SET NULL,
  deleted_at timestamptz,
  CONSTRAINT boards_key_check CHECK (key ~ '^[A-Z][A-Z0-9]{0,9}$')
);
CREATE INDEX idx_boards_created_at ON boards (created_at DESC);
CREATE UNIQUE INDEX uq_boards_key ON boards (key);
CREATE INDEX idx_boards_project_id ON boards (project_id);

CREATE TABLE columns (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  board_id uuid NOT NULL REFERENCES boards (id) ON DELETE CASCADE,
  name varchar(255) NOT NULL,
  "order" double precision NOT NULL DEFAULT 0,
  color varchar(7),
  wip_limit integer,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  triggers_agents boolean NOT NULL DEFAULT false,
  agent_workflow_type varchar(50),
  is_start_column boolean NOT NULL DEFAULT false,
  is_review_column boolean NOT NULL DEFAULT false,
  is_end_column boolean NOT NULL DEFAULT false,
  deleted_at timestamptz,
  CONSTRAINT columns_agent_workflow_type_check
    CHECK (agent_workflow_type IN ('development', 'quick_development', 'architecture_only', 'review_only'))
);
CREATE INDEX idx_columns_board_id ON columns (board_id);
CREATE INDEX idx_columns_order ON columns (board_id, "order");

CREATE TABLE tasks (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  board_id uuid NOT NULL REFERENCES boards (id) ON DELETE CASCADE,
  column_id uuid NOT NULL REFERENCES columns (id) ON DELETE CASCADE,
  title varchar(255) NOT NULL,
  description text,
  assigned_to varchar(100),
  status varchar(50) NOT NULL DEFAULT 'open',
  priority varchar(20),
  "order" double precision NOT NULL DEFAULT 0,
  version integer NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  number integer NOT NULL,
  current_execution_id uuid,
  deleted_at timestamptz,
  CONSTRAINT tasks_priority_check CHECK (priority IN ('low', 'medium', 'high', 'urgent'))
);
CREATE INDEX idx_tasks_board_id ON tasks (board_id);
CREATE INDEX idx_tasks_column_id ON tasks (column_id);
CREATE INDEX idx_tasks_order ON tasks (column_id, "order");
CREATE UNIQUE INDEX uq_tasks_board_id_number ON tasks (board_id, number);

-- The outbox: what windows must hear. No foreign key: an event outlives its board.
CREATE TABLE board_events (
  id bigserial PRIMARY KEY,
  board_id uuid NOT NULL,
  type varchar(50) NOT NULL,
  data jsonb NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX idx_board_events_board_id ON board_events (board_id, id);

CREATE TRIGGER set_updated_at BEFORE UPDATE ON projects FOR EACH ROW EXECUTE FUNCTION set_updated_at();
CREATE TRIGGER set_updated_at BEFORE UPDATE ON boards FOR EACH ROW EXECUTE FUNCTION set_updated_at();
CREATE TRIGGER set_updated_at BEFORE UPDATE ON columns FOR EACH ROW EXECUTE FUNCTION set_updated_at();
CREATE TRIGGER set_updated_at BEFORE UPDATE ON tasks FOR EACH ROW EXECUTE FUNCTION set_updated_at();
