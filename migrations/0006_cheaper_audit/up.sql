-- The same records of cards for a third of the time. audit_row writes the old and the new row out as JSON and looks for what
-- differs there, whatever the table; this one compares the columns. It has to name them all: a test compares it with tasks.
-- What it leaves out: created_at, updated_at, and counts that follow from others' rows.
CREATE FUNCTION audit_task() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
  ignored text[] := ARRAY['created_at', 'updated_at', 'comment_count', 'attachment_count', 'checklist_done',
    'checklist_total'];
  actor jsonb := nullif(current_setting('rangers.actor', true), '')::jsonb;
  was jsonb := '{}';
  is_now jsonb := '{}';
  act text := 'update';
BEGIN
  IF TG_OP = 'INSERT' THEN
    act := 'create';
    was := NULL;
    is_now := to_jsonb(NEW) - ignored;
  ELSIF TG_OP = 'DELETE' THEN
    act := 'purge';
    was := to_jsonb(OLD) - ignored;
    is_now := NULL;
  ELSE
    IF OLD.version IS DISTINCT FROM NEW.version THEN
      was := was || jsonb_build_object('version', OLD.version);
      is_now := is_now || jsonb_build_object('version', NEW.version);
    END IF;
    IF OLD.title IS DISTINCT FROM NEW.title THEN
      was := was || jsonb_build_object('title', OLD.title);
      is_now := is_now || jsonb_build_object('title', NEW.title);
    END IF;
    IF OLD.description IS DISTINCT FROM NEW.description THEN
      was := was || jsonb_build_object('description', OLD.description);
      is_now := is_now || jsonb_build_object('description', NEW.description);
    END IF;
    IF OLD.acceptance_criteria IS DISTINCT FROM NEW.acceptance_criteria THEN
      was := was || jsonb_build_object('acceptance_criteria', OLD.acceptance_criteria);
      is_now := is_now || jsonb_build_object('acceptance_criteria', NEW.acceptance_criteria);
    END IF;
    IF OLD.label_ids IS DISTINCT FROM NEW.label_ids THEN
      was := was || jsonb_build_object('label_ids', OLD.label_ids);
      is_now := is_now || jsonb_build_object('label_ids', NEW.label_ids);
    END IF;
    IF OLD.assigned_to IS DISTINCT FROM NEW.assigned_to THEN
      was := was || jsonb_build_object('assigned_to', OLD.assigned_to);
      is_now := is_now || jsonb_build_object('assigned_to', NEW.assigned_to);
    END IF;
    IF OLD.status IS DISTINCT FROM NEW.status THEN
      was := was || jsonb_build_object('status', OLD.status);
      is_now := is_now || jsonb_build_object('status', NEW.status);
    END IF;
    IF OLD.priority IS DISTINCT FROM NEW.priority THEN
      was := was || jsonb_build_object('priority', OLD.priority);
      is_now := is_now || jsonb_build_object('priority', NEW.priority);
    END IF;
    IF OLD.due_date IS DISTINCT FROM NEW.due_date THEN
      was := was || jsonb_build_object('due_date', OLD.due_date);
      is_now := is_now || jsonb_build_object('due_date', NEW.due_date);
    END IF;
    IF OLD.estimate IS DISTINCT FROM NEW.estimate THEN
      was := was || jsonb_build_object('estimate', OLD.estimate);
      is_now := is_now || jsonb_build_object('estimate', NEW.estimate);
    END IF;
    IF OLD.current_execution_id IS DISTINCT FROM NEW.current_execution_id THEN
      was := was || jsonb_build_object('current_execution_id', OLD.current_execution_id);
      is_now := is_now || jsonb_build_object('current_execution_id', NEW.current_execution_id);
    END IF;
    IF OLD.waits_for_blockers IS DISTINCT FROM NEW.waits_for_blockers THEN
      was := was || jsonb_build_object('waits_for_blockers', OLD.waits_for_blockers);
      is_now := is_now || jsonb_build_object('waits_for_blockers', NEW.waits_for_blockers);
    END IF;
    IF OLD.archived_at IS DISTINCT FROM NEW.archived_at THEN
      was := was || jsonb_build_object('archived_at', OLD.archived_at);
      is_now := is_now || jsonb_build_object('archived_at', NEW.archived_at);
    END IF;
    IF OLD.number IS DISTINCT FROM NEW.number THEN
      was := was || jsonb_build_object('number', OLD.number);
      is_now := is_now || jsonb_build_object('number', NEW.number);
    END IF;
    IF OLD.board_id IS DISTINCT FROM NEW.board_id THEN
      was := was || jsonb_build_object('board_id', OLD.board_id);
      is_now := is_now || jsonb_build_object('board_id', NEW.board_id);
    END IF;
    IF OLD.id IS DISTINCT FROM NEW.id THEN
      was := was || jsonb_build_object('id', OLD.id);
      is_now := is_now || jsonb_build_object('id', NEW.id);
    END IF;
    IF OLD.column_id IS DISTINCT FROM NEW.column_id THEN
      act := 'move';
      was := was || jsonb_build_object('column_id', OLD.column_id);
      is_now := is_now || jsonb_build_object('column_id', NEW.column_id);
    END IF;
    IF OLD."order" IS DISTINCT FROM NEW."order" THEN
      act := 'move';
      was := was || jsonb_build_object('order', OLD."order");
      is_now := is_now || jsonb_build_object('order', NEW."order");
    END IF;
    IF OLD.deleted_at IS DISTINCT FROM NEW.deleted_at THEN
      act := CASE WHEN NEW.deleted_at IS NULL THEN 'restore' ELSE 'delete' END;
      was := was || jsonb_build_object('deleted_at', OLD.deleted_at);
      is_now := is_now || jsonb_build_object('deleted_at', NEW.deleted_at);
    END IF;
    IF was = '{}' THEN RETURN NULL; END IF;
  END IF;
  INSERT INTO audit_logs
    (board_id, entity_type, entity_id, action, actor_type, actor_id, actor_name, changes, correlation_id)
  VALUES (
    coalesce(NEW.board_id, OLD.board_id),
    'task',
    coalesce(NEW.id, OLD.id),
    act,
    coalesce(actor ->> 'type', 'system'),
    actor ->> 'id',
    coalesce(actor ->> 'name', 'system'),
    jsonb_build_object('before', was, 'after', is_now),
    nullif(current_setting('rangers.correlation_id', true), '')
  );
  RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER audit AFTER INSERT OR UPDATE OR DELETE ON tasks FOR EACH ROW EXECUTE FUNCTION audit_task();

-- Each new card takes a number from its board, which makes no record: then nothing is to be compared either.
CREATE OR REPLACE TRIGGER audit
  AFTER INSERT OR DELETE OR UPDATE OF id, name, description, settings, key, project_id, archived_at, deleted_at ON boards
  FOR EACH ROW EXECUTE FUNCTION audit_row('board', 'created_at', 'updated_at', 'next_task_number');
