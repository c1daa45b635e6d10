-- Agents that can be trusted: workflows, clarity, checks, approvals, policies, budgets, usage, messages, alternatives.

ALTER TABLE projects
  -- check_command stays the one that tests.
  ADD COLUMN setup_command varchar(1000),
  ADD COLUMN lint_command varchar(1000),
  ADD COLUMN run_command varchar(1000);

-- The list of boards counts the cards of each: with this, without reading them.
CREATE INDEX idx_tasks_on_board ON tasks (board_id) WHERE deleted_at IS NULL AND archived_at IS NULL;

-- The present definition; each that was ever saved is kept in workflow_versions.
CREATE TABLE workflows (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  name varchar(100) NOT NULL,
  definition jsonb NOT NULL,
  version integer NOT NULL DEFAULT 1,
  archived_at timestamptz,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now()
);
CREATE UNIQUE INDEX uq_workflows_name ON workflows (lower(name)) WHERE archived_at IS NULL;

CREATE TABLE workflow_versions (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  workflow_id uuid NOT NULL REFERENCES workflows (id) ON DELETE CASCADE,
  version integer NOT NULL,
  name varchar(100) NOT NULL,
  definition jsonb NOT NULL,
  author_id varchar(100) NOT NULL,
  author_name varchar(255) NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now()
);
CREATE UNIQUE INDEX uq_workflow_versions_workflow_id_version ON workflow_versions (workflow_id, version);

ALTER TABLE columns
  ADD COLUMN agent_workflow_id uuid REFERENCES workflows (id) ON DELETE SET NULL,
  DROP CONSTRAINT columns_agent_workflow_type_check,
  ADD CONSTRAINT columns_agent_workflow_type_check CHECK (agent_workflow_type IN
    ('development', 'quick_development', 'architecture_only', 'review_only', 'custom'));
CREATE INDEX idx_columns_agent_workflow_id ON columns (agent_workflow_id);

ALTER TABLE executions
  ADD COLUMN workflow_id uuid REFERENCES workflows (id) ON DELETE SET NULL,
  ADD COLUMN workflow_version integer,
  -- What it started with, whatever becomes of the workflow; null before this migration: the built-in of its type.
  ADD COLUMN definition jsonb,
  -- Executions of one card that are compared with each other.
  ADD COLUMN group_id uuid,
  ADD COLUMN alternative integer NOT NULL DEFAULT 0,
  ADD COLUMN clarity_score integer,
  ADD COLUMN permission_mode varchar(20),
  -- Null: the board's limit for one execution.
  ADD COLUMN budget_usd double precision,
  ADD COLUMN cost_is_estimate boolean NOT NULL DEFAULT false,
  -- What confines its processes; null until one runs.
  ADD COLUMN sandbox varchar(20),
  -- What is being done right now, for where there is room for one line.
  ADD COLUMN activity_line varchar(300),
  ADD COLUMN paused_at timestamptz,
  DROP CONSTRAINT executions_workflow_type_check,
  ADD CONSTRAINT executions_workflow_type_check CHECK (workflow_type IN
    ('development', 'quick_development', 'architecture_only', 'review_only', 'custom')),
  ADD CONSTRAINT executions_permission_mode_check CHECK (permission_mode IN ('ask', 'edits', 'trusted', 'full')),
  ADD CONSTRAINT executions_clarity_score_check CHECK (clarity_score BETWEEN 0 AND 100),
  ADD CONSTRAINT executions_budget_usd_check CHECK (budget_usd >= 0);
CREATE INDEX idx_executions_workflow_id ON executions (workflow_id);
CREATE INDEX idx_executions_group_id ON executions (group_id) WHERE group_id IS NOT NULL;
-- One execution at a time occupies a task, or one of each alternative.
DROP INDEX uq_executions_active_task;
CREATE UNIQUE INDEX uq_executions_active_task ON executions (task_id, alternative)
  WHERE status IN ('pending', 'running', 'awaiting_clarification', 'awaiting_approval', 'paused');

ALTER TABLE steps
  -- Its place in the definition, with the round of each loop around it: rounds[2]/review.
  ADD COLUMN node_path varchar(200),
  ADD COLUMN provider varchar(50),
  -- How the agent itself calls its conversation, to go on with it.
  ADD COLUMN session_id varchar(200),
  -- The Markdown package that a developer is given (seed 4).
  ADD COLUMN briefing text,
  ADD COLUMN cost_is_estimate boolean NOT NULL DEFAULT false,
  -- What the project's checks said after it, all told; null when none ran.
  ADD COLUMN checks varchar(10),
  ADD CONSTRAINT steps_checks_check CHECK (checks IN ('passed', 'failed')),
  DROP CONSTRAINT steps_phase_check,
  ADD CONSTRAINT steps_phase_check CHECK (phase IN
    ('clarity', 'architecture', 'development', 'review', 'fix', 'gate'));

-- A log is read in windows: each line says which one it goes on with (its message, tool or plan), so that what is read
-- of it is whole wherever it was cut.
ALTER TABLE execution_events ADD COLUMN head integer;
UPDATE execution_events AS e SET head = f.first
FROM (
  SELECT id, min(sequence) OVER (PARTITION BY execution_id, step_id, body ->> 'type',
    CASE WHEN body ->> 'type' = 'tool' THEN body ->> 'id' ELSE body ->> 'message_id' END) AS first
  FROM execution_events WHERE body ->> 'type' IN ('text', 'thinking', 'tool')
) AS f
WHERE e.id = f.id AND f.first < e.sequence;
CREATE INDEX idx_execution_events_head ON execution_events (execution_id, head, sequence) WHERE head IS NOT NULL;

-- A command of the project that was run in a workspace: fact, beside what the agent claims.
CREATE TABLE step_checks (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  execution_id uuid NOT NULL REFERENCES executions (id) ON DELETE CASCADE,
  step_id uuid REFERENCES steps (id) ON DELETE CASCADE,
  kind varchar(20) NOT NULL,
  command varchar(1000) NOT NULL,
  -- Null while it runs, or when it was ended from outside.
  exit_code integer,
  status varchar(20) NOT NULL,
  output text NOT NULL DEFAULT '',
  duration_ms integer,
  -- The running app that started it: when that dies, so does the command.
  owner_id uuid,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT step_checks_kind_check CHECK (kind IN ('setup', 'lint', 'test', 'run')),
  CONSTRAINT step_checks_status_check CHECK (status IN ('running', 'passed', 'failed', 'timed_out', 'cancelled'))
);
CREATE INDEX idx_step_checks_execution_id ON step_checks (execution_id, created_at);
CREATE INDEX idx_step_checks_step_id ON step_checks (step_id);
-- One at a time: a second start of the project finds the first.
CREATE UNIQUE INDEX uq_step_checks_running_project ON step_checks (execution_id)
  WHERE kind = 'run' AND status = 'running';

CREATE TABLE clarification_questions (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  execution_id uuid NOT NULL REFERENCES executions (id) ON DELETE CASCADE,
  step_id uuid REFERENCES steps (id) ON DELETE CASCADE,
  position integer NOT NULL,
  kind varchar(20) NOT NULL,
  question text NOT NULL,
  options jsonb NOT NULL DEFAULT '[]',
  answer text,
  answered_by varchar(255),
  answered_at timestamptz,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT clarification_questions_kind_check CHECK (kind IN ('single_choice', 'multiple_choice', 'free_text'))
);
CREATE UNIQUE INDEX uq_clarification_questions_execution_id_position
  ON clarification_questions (execution_id, position);
CREATE INDEX idx_clarification_questions_step_id ON clarification_questions (step_id);

-- Every question of a running agent or workflow to a person: the one inbox.
CREATE TABLE approvals (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  board_id uuid NOT NULL REFERENCES boards (id) ON DELETE CASCADE,
  task_id uuid NOT NULL REFERENCES tasks (id) ON DELETE CASCADE,
  execution_id uuid NOT NULL REFERENCES executions (id) ON DELETE CASCADE,
  step_id uuid REFERENCES steps (id) ON DELETE CASCADE,
  kind varchar(20) NOT NULL,
  tool varchar(200),
  tool_kind varchar(20),
  title text NOT NULL,
  -- What exactly would happen: the command line, the paths, the patch; bounded and without secrets.
  detail text NOT NULL DEFAULT '',
  paths jsonb NOT NULL DEFAULT '[]',
  reason text,
  status varchar(20) NOT NULL DEFAULT 'pending',
  remember varchar(20),
  message text,
  answered_by varchar(255),
  answered_at timestamptz,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT approvals_kind_check CHECK (kind IN ('permission', 'gate', 'plan', 'merge')),
  CONSTRAINT approvals_status_check CHECK (status IN ('pending', 'approved', 'denied', 'withdrawn')),
  CONSTRAINT approvals_remember_check CHECK (remember IN ('once', 'execution', 'always'))
);
CREATE INDEX idx_approvals_execution_id ON approvals (execution_id, created_at);
CREATE INDEX idx_approvals_pending ON approvals (created_at) WHERE status = 'pending';
CREATE INDEX idx_approvals_board_id ON approvals (board_id);
CREATE INDEX idx_approvals_task_id ON approvals (task_id);
CREATE INDEX idx_approvals_step_id ON approvals (step_id);

-- What is allowed or refused without asking; of a board, or of one execution only.
CREATE TABLE policy_rules (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  board_id uuid NOT NULL REFERENCES boards (id) ON DELETE CASCADE,
  execution_id uuid REFERENCES executions (id) ON DELETE CASCADE,
  effect varchar(10) NOT NULL,
  target varchar(10) NOT NULL,
  pattern varchar(1000) NOT NULL,
  -- A remembered answer, or written by hand.
  source varchar(10) NOT NULL,
  author_id varchar(100) NOT NULL,
  author_name varchar(255) NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT policy_rules_effect_check CHECK (effect IN ('allow', 'deny')),
  CONSTRAINT policy_rules_target_check CHECK (target IN ('command', 'path', 'tool')),
  CONSTRAINT policy_rules_source_check CHECK (source IN ('answer', 'hand'))
);
CREATE INDEX idx_policy_rules_board_id ON policy_rules (board_id);
CREATE INDEX idx_policy_rules_execution_id ON policy_rules (execution_id);

-- Limits that hold for everybody on this database; that of one execution is in its board's settings or its own row.
CREATE TABLE budgets (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  -- Null: all boards together.
  board_id uuid REFERENCES boards (id) ON DELETE CASCADE,
  period varchar(10) NOT NULL,
  limit_usd double precision NOT NULL,
  -- The period for which the warning at 80 % was given: 2026-11.
  warned_for varchar(10),
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT budgets_period_check CHECK (period IN ('execution', 'month')),
  CONSTRAINT budgets_limit_usd_check CHECK (limit_usd >= 0)
);
CREATE UNIQUE INDEX uq_budgets_board_id_period ON budgets
  (coalesce(board_id, '00000000-0000-0000-0000-000000000000'::uuid), period);
CREATE INDEX idx_budgets_board_id ON budgets (board_id);

-- A person's prices; the app's own table serves where there is none.
CREATE TABLE model_prices (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  model varchar(100) NOT NULL,
  input_usd double precision NOT NULL,
  output_usd double precision NOT NULL,
  cache_read_usd double precision NOT NULL,
  cache_write_usd double precision NOT NULL,
  source varchar(500) NOT NULL,
  as_of date NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT model_prices_check CHECK (input_usd >= 0 AND output_usd >= 0 AND cache_read_usd >= 0 AND cache_write_usd >= 0)
);
CREATE UNIQUE INDEX uq_model_prices_model ON model_prices (model);

-- Every call of a model that the app saw or was told of. Keeps no text. It survives what it tells of: money was spent.
CREATE TABLE model_calls (
  id bigserial PRIMARY KEY,
  board_id uuid REFERENCES boards (id) ON DELETE SET NULL,
  task_id uuid REFERENCES tasks (id) ON DELETE SET NULL,
  execution_id uuid REFERENCES executions (id) ON DELETE SET NULL,
  step_id uuid REFERENCES steps (id) ON DELETE SET NULL,
  phase varchar(50),
  provider varchar(50) NOT NULL,
  model varchar(100) NOT NULL,
  input_tokens integer NOT NULL DEFAULT 0,
  output_tokens integer NOT NULL DEFAULT 0,
  cache_read_tokens integer NOT NULL DEFAULT 0,
  cache_write_tokens integer NOT NULL DEFAULT 0,
  cost_usd double precision,
  is_estimate boolean NOT NULL DEFAULT false,
  status integer,
  duration_ms integer,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX idx_model_calls_execution_id ON model_calls (execution_id);
CREATE INDEX idx_model_calls_board_id ON model_calls (board_id, created_at);
CREATE INDEX idx_model_calls_task_id ON model_calls (task_id);
CREATE INDEX idx_model_calls_step_id ON model_calls (step_id);
CREATE INDEX idx_model_calls_created_at ON model_calls (created_at);

-- What was used before, as one call for each step: budgets and figures know of it.
INSERT INTO model_calls (board_id, task_id, execution_id, step_id, phase, provider, model,
  input_tokens, output_tokens, cache_read_tokens, cache_write_tokens, cost_usd, duration_ms, created_at)
SELECT e.board_id, e.task_id, e.id, s.id, s.phase, e.provider, coalesce(s.model, e.model, e.provider),
  s.input_tokens, s.output_tokens, s.cache_read_tokens, s.cache_write_tokens, s.cost_usd, s.duration_ms, s.started_at
FROM steps s JOIN executions e ON e.id = s.execution_id
WHERE s.input_tokens + s.output_tokens + s.cache_read_tokens + s.cache_write_tokens > 0
ORDER BY s.started_at, s.id;

-- What a person says to agents at work, or for the next round.
CREATE TABLE execution_messages (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  execution_id uuid NOT NULL REFERENCES executions (id) ON DELETE CASCADE,
  author_id varchar(100) NOT NULL,
  author_name varchar(255) NOT NULL,
  body text NOT NULL,
  status varchar(20) NOT NULL DEFAULT 'queued',
  -- The step that was given it.
  step_id uuid REFERENCES steps (id) ON DELETE SET NULL,
  delivered_at timestamptz,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT execution_messages_status_check CHECK (status IN ('queued', 'delivered', 'withdrawn'))
);
CREATE INDEX idx_execution_messages_execution_id ON execution_messages (execution_id, created_at);
CREATE INDEX idx_execution_messages_step_id ON execution_messages (step_id);

-- A change outside the execution's own branch that was found after a step: refs, stash, hooks, configuration.
CREATE TABLE repository_changes (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  execution_id uuid NOT NULL REFERENCES executions (id) ON DELETE CASCADE,
  step_id uuid REFERENCES steps (id) ON DELETE CASCADE,
  kind varchar(20) NOT NULL,
  name text NOT NULL,
  before text,
  after text,
  undone_at timestamptz,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT repository_changes_kind_check CHECK (kind IN ('ref', 'stash', 'hook', 'config', 'head'))
);
CREATE INDEX idx_repository_changes_execution_id ON repository_changes (execution_id);
CREATE INDEX idx_repository_changes_step_id ON repository_changes (step_id);

CREATE TRIGGER set_updated_at BEFORE UPDATE ON workflows FOR EACH ROW EXECUTE FUNCTION set_updated_at();
CREATE TRIGGER set_updated_at BEFORE UPDATE ON workflow_versions FOR EACH ROW EXECUTE FUNCTION set_updated_at();
CREATE TRIGGER set_updated_at BEFORE UPDATE ON step_checks FOR EACH ROW EXECUTE FUNCTION set_updated_at();
CREATE TRIGGER set_updated_at BEFORE UPDATE ON clarification_questions FOR EACH ROW EXECUTE FUNCTION set_updated_at();
CREATE TRIGGER set_updated_at BEFORE UPDATE ON approvals FOR EACH ROW EXECUTE FUNCTION set_updated_at();
CREATE TRIGGER set_updated_at BEFORE UPDATE ON policy_rules FOR EACH ROW EXECUTE FUNCTION set_updated_at();
CREATE TRIGGER set_updated_at BEFORE UPDATE ON budgets FOR EACH ROW EXECUTE FUNCTION set_updated_at();
CREATE TRIGGER set_updated_at BEFORE UPDATE ON model_prices FOR EACH ROW EXECUTE FUNCTION set_updated_at();
CREATE TRIGGER set_updated_at BEFORE UPDATE ON execution_messages FOR EACH ROW EXECUTE FUNCTION set_updated_at();
CREATE TRIGGER set_updated_at BEFORE UPDATE ON repository_changes FOR EACH ROW EXECUTE FUNCTION set_updated_at();

-- What a person decides about agents is on the trail; what agents do is in their log.
CREATE TRIGGER audit AFTER INSERT OR UPDATE OR DELETE ON workflows
  FOR EACH ROW EXECUTE FUNCTION audit_row('workflow', 'created_at', 'updated_at');
CREATE TRIGGER audit AFTER INSERT OR UPDATE OR DELETE ON policy_rules
  FOR EACH ROW EXECUTE FUNCTION audit_row('policy_rule', 'created_at', 'updated_at');
CREATE TRIGGER audit AFTER INSERT OR UPDATE OR DELETE ON budgets
  FOR EACH ROW EXECUTE FUNCTION audit_row('budget', 'created_at', 'updated_at', 'warned_for');
CREATE TRIGGER audit AFTER INSERT OR UPDATE OR DELETE ON model_prices
  FOR EACH ROW EXECUTE FUNCTION audit_row('model_price', 'created_at', 'updated_at');
CREATE TRIGGER audit AFTER INSERT OR UPDATE OR DELETE ON approvals
  FOR EACH ROW EXECUTE FUNCTION audit_row('approval', 'created_at', 'updated_at');

CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON workflows FOR EACH STATEMENT EXECUTE FUNCTION refuse_truncate();
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON policy_rules FOR EACH STATEMENT EXECUTE FUNCTION refuse_truncate();
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON budgets FOR EACH STATEMENT EXECUTE FUNCTION refuse_truncate();
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON model_prices FOR EACH STATEMENT EXECUTE FUNCTION refuse_truncate();
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON approvals FOR EACH STATEMENT EXECUTE FUNCTION refuse_truncate();
