ALTER TABLE tasks DROP CONSTRAINT tasks_current_execution_id_fkey;
DROP TABLE workspaces;
DROP TABLE execution_events;
DROP TABLE steps;
DROP TABLE executions;
