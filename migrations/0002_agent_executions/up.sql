-- Executions, their steps, their events and the workspaces they work in.

CREATE TABLE executions (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  task_id uuid NOT NULL REFERENCES tasks (id) ON DELETE CASCADE,
  board_id uuid NOT NULL REFERENCES boards (id) ON DELETE CASCADE,
  workflow_type varchar(50) NOT NULL,
  provider varchar(50) NOT NULL,
  model varchar(100),
  status varchar(50) NOT NULL DEFAULT 'pending',
  resolution varchar(20) NOT NULL DEFAULT 'none',
  current_phase varchar(50),
  iteration integer NOT NULL DEFAULT 1,
  max_iterations integer NOT NULL DEFAULT 3,
  branch varchar(255),
  base_branch varchar(255),
  base_commit varchar(64),
  head_commit varchar(64),
  failure_kind varchar(50),
  error_message text,
  result_summary text,
  input_tokens integer NOT NULL DEFAULT 0,
  output_tokens integer NOT NULL DEFAULT 0,
  cache_read_tokens integer NOT NULL DEFAULT 0,
  cache_write_tokens integer NOT NULL DEFAULT 0,
  cost_usd double precision,
  files_changed integer NOT NULL DEFAULT 0,
  additions integer NOT NULL DEFAULT 0,
  deletions integer NOT NULL DEFAULT 0,
  last_sequence integer NOT NULL DEFAULT 0,
  owner_id uuid,
  lease_expires_at timestamptz,
  cancel_requested_at timestamptz,
  started_at timestamptz,
  completed_at timestamptz,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT executions_workflow_type_check
    CHECK (workflow_type IN ('development', 'quick_development', 'architecture_only', 'review_only')),
  CONSTRAINT executions_status_check CHECK (status IN ('pending', 'running', 'awaiting_clarification',
    'awaiting_approval', 'paused', 'completed', 'failed', 'cancelled', 'blocked', 'interrupted')),
  CONSTRAINT executions_resolution_check CHECK (resolution IN ('none', 'merged', 'discarded'))
);
CREATE INDEX idx_executions_task_id ON executions (task_id, created_at DESC);
CREATE INDEX idx_executions_board_id ON executions (board_id);
CREATE INDEX idx_executions_status ON executions (status, lease_expires_at);
-- One execution at a time occupies a task.
CREATE UNIQUE INDEX uq_executions_active_task ON executions (task_id)
  WHERE status IN ('pending', 'running', 'awaiting_clarification', 'awaiting_approval', 'paused');

ALTER TABLE tasks ADD CONSTRAINT tasks_current_execution_id_fkey
  FOREIGN KEY (current_execution_id) REFERENCES executions (id) ON DELETE SET NULL;

CREATE TABLE steps (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  execution_id uuid NOT NULL REFERENCES executions (id) ON DELETE CASCADE,
  sequence integer NOT NULL,
  phase varchar(50) NOT NULL,
  iteration integer NOT NULL,
  status varchar(50) NOT NULL,
  input_context text,
  output_content text,
  verdict jsonb,
  files_changed jsonb NOT NULL DEFAULT '[]',
  head_commit varchar(64),
  model varchar(100),
  input_tokens integer NOT NULL DEFAULT 0,
  output_tokens integer NOT NULL DEFAULT 0,
  cache_read_tokens integer NOT NULL DEFAULT 0,
  cache_write_tokens integer NOT NULL DEFAULT 0,
  cost_usd double precision,
  duration_ms integer,
  error_message text,
  started_at timestamptz NOT NULL DEFAULT now(),
  completed_at timestamptz,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT steps_phase_check CHECK (phase IN ('architecture', 'development', 'review', 'fix')),
  CONSTRAINT steps_status_check CHECK (status IN ('running', 'completed', 'failed', 'cancelled', 'interrupted'))
);
CREATE UNIQUE INDEX uq_steps_execution_id_sequence ON steps (execution_id, sequence);

CREATE TABLE execution_events (
  id bigserial PRIMARY KEY,
  execution_id uuid NOT NULL REFERENCES executions (id) ON DELETE CASCADE,
  step_id uuid REFERENCES steps (id) ON DELETE CASCADE,
  sequence integer NOT NULL,
  body jsonb NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);
CREATE UNIQUE INDEX uq_execution_events_execution_id_sequence ON execution_events (execution_id, sequence);

CREATE TABLE workspaces (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  execution_id uuid NOT NULL REFERENCES executions (id) ON DELETE CASCADE,
  project_id uuid REFERENCES projects (id) ON DELETE SET NULL,
  path text NOT NULL,
  status varchar(20) NOT NULL DEFAULT 'active',
  branch varchar(255) NOT NULL,
  base_branch varchar(255),
  base_commit varchar(64) NOT NULL,
  kept_ref varchar(255),
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT workspaces_status_check CHECK (status IN ('active', 'removed'))
);
CREATE UNIQUE INDEX uq_workspaces_execution_id ON workspaces (execution_id);

CREATE TRIGGER set_updated_at BEFORE UPDATE ON executions FOR EACH ROW EXECUTE FUNCTION set_updated_at();
CREATE TRIGGER set_updated_at BEFORE UPDATE ON steps FOR EACH ROW EXECUTE FUNCTION set_updated_at();
CREATE TRIGGER set_updated_at BEFORE UPDATE ON workspaces FOR EACH ROW EXECUTE FUNCTION set_updated_at();
