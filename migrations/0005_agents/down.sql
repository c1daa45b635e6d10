DROP TABLE repository_changes;
DROP TABLE execution_messages;
DROP TABLE model_calls;
DROP TABLE model_prices;
DROP TABLE budgets;
DROP TABLE policy_rules;
DROP TABLE approvals;
DROP TABLE clarification_questions;
DROP TABLE step_checks;
-- These kinds of lines are new.
DELETE FROM execution_events WHERE body ->> 'type' IN ('tool_output', 'plan');
DROP INDEX idx_execution_events_head;
ALTER TABLE execution_events DROP COLUMN head;
-- The older app knows neither these phases nor this type, and one execution of a card at a time.
DELETE FROM steps WHERE phase IN ('clarity', 'gate');
ALTER TABLE steps
  DROP CONSTRAINT steps_phase_check,
  DROP COLUMN node_path,
  DROP COLUMN provider,
  DROP COLUMN session_id,
  DROP COLUMN briefing,
  DROP COLUMN cost_is_estimate,
  DROP COLUMN checks,
  ADD CONSTRAINT steps_phase_check CHECK (phase IN ('architecture', 'development', 'review', 'fix'));
UPDATE executions SET workflow_type = 'development' WHERE workflow_type = 'custom';
UPDATE executions SET current_phase = NULL WHERE current_phase IN ('clarity', 'gate');
UPDATE executions SET status = 'interrupted' WHERE alternative > 0
  AND status IN ('pending', 'running', 'awaiting_clarification', 'awaiting_approval', 'paused');
DROP INDEX uq_executions_active_task;
ALTER TABLE executions
  DROP CONSTRAINT executions_workflow_type_check,
  DROP COLUMN workflow_id,
  DROP COLUMN workflow_version,
  DROP COLUMN definition,
  DROP COLUMN group_id,
  DROP COLUMN alternative,
  DROP COLUMN clarity_score,
  DROP COLUMN permission_mode,
  DROP COLUMN budget_usd,
  DROP COLUMN cost_is_estimate,
  DROP COLUMN sandbox,
  DROP COLUMN activity_line,
  DROP COLUMN paused_at,
  ADD CONSTRAINT executions_workflow_type_check
    CHECK (workflow_type IN ('development', 'quick_development', 'architecture_only', 'review_only'));
CREATE UNIQUE INDEX uq_executions_active_task ON executions (task_id)
  WHERE status IN ('pending', 'running', 'awaiting_clarification', 'awaiting_approval', 'paused');
UPDATE columns SET agent_workflow_type = 'development' WHERE agent_workflow_type = 'custom';
ALTER TABLE columns
  DROP COLUMN agent_workflow_id,
  DROP CONSTRAINT columns_agent_workflow_type_check,
  ADD CONSTRAINT columns_agent_workflow_type_check
    CHECK (agent_workflow_type IN ('development', 'quick_development', 'architecture_only', 'review_only'));
DROP TABLE workflow_versions;
DROP TABLE workflows;
ALTER TABLE projects
  DROP COLUMN setup_command,
  DROP COLUMN lint_command,
  DROP COLUMN run_command;
DROP INDEX idx_tasks_on_board;
