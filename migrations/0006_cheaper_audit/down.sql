CREATE OR REPLACE TRIGGER audit AFTER INSERT OR UPDATE OR DELETE ON boards
  FOR EACH ROW EXECUTE FUNCTION audit_row('board', 'created_at', 'updated_at', 'next_task_number');
CREATE OR REPLACE TRIGGER audit AFTER INSERT OR UPDATE OR DELETE ON tasks
  FOR EACH ROW EXECUTE FUNCTION audit_row('task', 'created_at', 'updated_at', 'comment_count', 'attachment_count',
    'checklist_done', 'checklist_total');
DROP FUNCTION audit_task();
