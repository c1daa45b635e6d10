DROP TRIGGER index_new_task ON tasks;
DROP FUNCTION index_new_task();
CREATE OR REPLACE TRIGGER index_task AFTER INSERT OR UPDATE OF title, description, acceptance_criteria ON tasks
  FOR EACH ROW EXECUTE FUNCTION index_task();
DROP TRIGGER audit_new ON tasks;
DROP FUNCTION audit_new_task();
CREATE OR REPLACE TRIGGER audit AFTER INSERT OR UPDATE OR DELETE ON tasks FOR EACH ROW EXECUTE FUNCTION audit_task();
