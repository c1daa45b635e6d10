CREATE OR REPLACE TRIGGER audit AFTER INSERT OR UPDATE OR DELETE ON tasks
  FOR EACH ROW EXECUTE FUNCTION audit_row('task', 'created_at', 'updated_at');
ALTER TABLE executions DROP COLUMN requested_by;
DROP TABLE notifications;
DROP TABLE templates;
DROP TABLE saved_views;
DROP TABLE board_transitions;
DROP TABLE attachments;
DROP TABLE comments;
DROP TABLE task_links;
DROP TABLE labels;
DROP TRIGGER index_task ON tasks;
DROP FUNCTION index_task();
DROP FUNCTION task_document(text, text, text);
DROP TABLE task_search;
DROP INDEX idx_tasks_deleted_at;
ALTER TABLE tasks
  DROP COLUMN acceptance_criteria,
  DROP COLUMN label_ids,
  DROP COLUMN due_date,
  DROP COLUMN estimate,
  DROP COLUMN comment_count,
  DROP COLUMN attachment_count,
  DROP COLUMN checklist_done,
  DROP COLUMN checklist_total,
  DROP COLUMN waits_for_blockers,
  DROP COLUMN archived_at;
ALTER TABLE columns
  DROP CONSTRAINT columns_wip_limit_check,
  DROP CONSTRAINT columns_color_check;
ALTER TABLE boards DROP COLUMN archived_at;
