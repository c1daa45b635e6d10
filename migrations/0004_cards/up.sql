-- What a card can carry and how cards hang together: labels, links, comments, attachments; column rules, saved views,
-- templates, notifications, archive, full-text search.

ALTER TABLE boards ADD COLUMN archived_at timestamptz;

ALTER TABLE columns
  ADD CONSTRAINT columns_color_check CHECK (color ~ '^#[0-9A-Fa-f]{6}$'),
  ADD CONSTRAINT columns_wip_limit_check CHECK (wip_limit >= 0);

ALTER TABLE tasks
  ADD COLUMN acceptance_criteria text,
  -- Labels of its board; the service keeps both in step, and a card is read without a join.
  ADD COLUMN label_ids uuid[] NOT NULL DEFAULT '{}',
  ADD COLUMN due_date date,
  ADD COLUMN estimate double precision,
  ADD COLUMN comment_count integer NOT NULL DEFAULT 0,
  ADD COLUMN attachment_count integer NOT NULL DEFAULT 0,
  ADD COLUMN checklist_done integer NOT NULL DEFAULT 0,
  ADD COLUMN checklist_total integer NOT NULL DEFAULT 0,
  -- A blocked card in a column that starts agents: they start when its last blocker is done.
  ADD COLUMN waits_for_blockers boolean NOT NULL DEFAULT false,
  ADD COLUMN archived_at timestamptz,
  ADD CONSTRAINT tasks_estimate_check CHECK (estimate BETWEEN 0 AND 1000);
CREATE INDEX idx_tasks_due_date ON tasks (due_date) WHERE due_date IS NOT NULL;
CREATE INDEX idx_tasks_waits_for_blockers ON tasks (board_id) WHERE waits_for_blockers;
CREATE INDEX idx_tasks_archived_at ON tasks (board_id, archived_at DESC) WHERE archived_at IS NOT NULL;
CREATE INDEX idx_tasks_deleted_at ON tasks (deleted_at) WHERE deleted_at IS NOT NULL;

-- The words of a card. In a table of its own, so that a move need not write them anew. 'simple': card texts mix languages
-- and identifiers; a stemmer for one of them would lose words of the others.
CREATE TABLE task_search (
  task_id uuid PRIMARY KEY REFERENCES tasks (id) ON DELETE CASCADE,
  document tsvector NOT NULL
);
CREATE INDEX idx_task_search_document ON task_search USING gin (document);

CREATE FUNCTION task_document(title text, description text, acceptance_criteria text) RETURNS tsvector
LANGUAGE sql IMMUTABLE AS $$
  SELECT setweight(to_tsvector('simple', title), 'A')
    || setweight(to_tsvector('simple', coalesce(description, '')), 'B')
    || setweight(to_tsvector('simple', coalesce(acceptance_criteria, '')), 'B')
$$;

CREATE FUNCTION index_task() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  INSERT INTO task_search (task_id, document)
    VALUES (NEW.id, task_document(NEW.title, NEW.description, NEW.acceptance_criteria))
    ON CONFLICT (task_id) DO UPDATE SET document = EXCLUDED.document;
  RETURN NULL;
END $$;
CREATE TRIGGER index_task AFTER INSERT OR UPDATE OF title, description, acceptance_criteria ON tasks
  FOR EACH ROW EXECUTE FUNCTION index_task();
INSERT INTO task_search (task_id, document)
  SELECT id, task_document(title, description, acceptance_criteria) FROM tasks;

CREATE TABLE labels (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  board_id uuid NOT NULL REFERENCES boards (id) ON DELETE CASCADE,
  name varchar(50) NOT NULL,
  color varchar(7) NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT labels_color_check CHECK (color ~ '^#[0-9A-Fa-f]{6}$')
);
CREATE UNIQUE INDEX uq_labels_board_id_name ON labels (board_id, lower(name));

-- task_id <kind> other_task_id.
CREATE TABLE task_links (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  board_id uuid NOT NULL REFERENCES boards (id) ON DELETE CASCADE,
  task_id uuid NOT NULL REFERENCES tasks (id) ON DELETE CASCADE,
  other_task_id uuid NOT NULL REFERENCES tasks (id) ON DELETE CASCADE,
  kind varchar(20) NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT task_links_kind_check CHECK (kind IN ('blocks', 'relates', 'duplicates')),
  CONSTRAINT task_links_self_check CHECK (task_id <> other_task_id)
);
CREATE UNIQUE INDEX uq_task_links_task_id_other_task_id_kind ON task_links (task_id, other_task_id, kind);
CREATE INDEX idx_task_links_board_id ON task_links (board_id);
CREATE INDEX idx_task_links_other_task_id ON task_links (other_task_id);

CREATE TABLE comments (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  board_id uuid NOT NULL REFERENCES boards (id) ON DELETE CASCADE,
  task_id uuid NOT NULL REFERENCES tasks (id) ON DELETE CASCADE,
  author_type varchar(20) NOT NULL,
  author_id varchar(100) NOT NULL,
  author_name varchar(255) NOT NULL,
  body text NOT NULL,
  edited_at timestamptz,
  deleted_at timestamptz,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT comments_author_type_check CHECK (author_type IN ('person', 'agent', 'system'))
);
CREATE INDEX idx_comments_task_id ON comments (task_id, created_at);
CREATE INDEX idx_comments_board_id ON comments (board_id);
CREATE INDEX idx_comments_search ON comments USING gin (to_tsvector('simple', body));

-- The bytes are in the data folder of the app that took them, under their sha256.
CREATE TABLE attachments (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  board_id uuid NOT NULL REFERENCES boards (id) ON DELETE CASCADE,
  task_id uuid NOT NULL REFERENCES tasks (id) ON DELETE CASCADE,
  name varchar(255) NOT NULL,
  media_type varchar(255) NOT NULL,
  size bigint NOT NULL,
  sha256 varchar(64) NOT NULL,
  author_id varchar(100) NOT NULL,
  author_name varchar(255) NOT NULL,
  machine varchar(255) NOT NULL,
  deleted_at timestamptz,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT attachments_size_check CHECK (size >= 0),
  CONSTRAINT attachments_sha256_check CHECK (sha256 ~ '^[0-9a-f]{64}$')
);
CREATE INDEX idx_attachments_task_id ON attachments (task_id, created_at);
CREATE INDEX idx_attachments_board_id ON attachments (board_id);
CREATE INDEX idx_attachments_sha256 ON attachments (sha256);

-- Column rules: a board without any allows every move.
CREATE TABLE board_transitions (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  board_id uuid NOT NULL REFERENCES boards (id) ON DELETE CASCADE,
  from_column_id uuid NOT NULL REFERENCES columns (id) ON DELETE CASCADE,
  to_column_id uuid NOT NULL REFERENCES columns (id) ON DELETE CASCADE,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now()
);
CREATE UNIQUE INDEX uq_board_transitions_board_id_from_column_id_to_column_id
  ON board_transitions (board_id, from_column_id, to_column_id);
CREATE INDEX idx_board_transitions_from_column_id ON board_transitions (from_column_id);
CREATE INDEX idx_board_transitions_to_column_id ON board_transitions (to_column_id);

CREATE TABLE saved_views (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  board_id uuid NOT NULL REFERENCES boards (id) ON DELETE CASCADE,
  name varchar(100) NOT NULL,
  query jsonb NOT NULL,
  author_id varchar(100) NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now()
);
CREATE UNIQUE INDEX uq_saved_views_board_id_name ON saved_views (board_id, lower(name));

CREATE TABLE templates (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  kind varchar(20) NOT NULL,
  board_id uuid REFERENCES boards (id) ON DELETE CASCADE,
  name varchar(100) NOT NULL,
  content jsonb NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT templates_kind_check CHECK (kind IN ('card', 'board'))
);
CREATE INDEX idx_templates_board_id ON templates (board_id);

CREATE TABLE notifications (
  id bigserial PRIMARY KEY,
  user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  kind varchar(20) NOT NULL,
  board_id uuid REFERENCES boards (id) ON DELETE CASCADE,
  task_id uuid REFERENCES tasks (id) ON DELETE CASCADE,
  execution_id uuid REFERENCES executions (id) ON DELETE CASCADE,
  title text NOT NULL,
  body text,
  -- One notice of a kind for the same occasion: a due date, an execution's end, a comment.
  occasion varchar(200) NOT NULL,
  read_at timestamptz,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  CONSTRAINT notifications_kind_check CHECK (kind IN ('needs_input', 'finished', 'failed', 'mentioned', 'due'))
);
CREATE UNIQUE INDEX uq_notifications_user_id_kind_occasion ON notifications (user_id, kind, occasion);
CREATE INDEX idx_notifications_user_id ON notifications (user_id, id DESC);
CREATE INDEX idx_notifications_unread ON notifications (user_id) WHERE read_at IS NULL;
CREATE INDEX idx_notifications_board_id ON notifications (board_id);
CREATE INDEX idx_notifications_task_id ON notifications (task_id);
CREATE INDEX idx_notifications_execution_id ON notifications (execution_id);

-- Who asked for an execution: the person that hears of its end.
ALTER TABLE executions ADD COLUMN requested_by uuid REFERENCES users (id) ON DELETE SET NULL;
CREATE INDEX idx_executions_requested_by ON executions (requested_by);

CREATE TRIGGER set_updated_at BEFORE UPDATE ON labels FOR EACH ROW EXECUTE FUNCTION set_updated_at();
CREATE TRIGGER set_updated_at BEFORE UPDATE ON task_links FOR EACH ROW EXECUTE FUNCTION set_updated_at();
CREATE TRIGGER set_updated_at BEFORE UPDATE ON comments FOR EACH ROW EXECUTE FUNCTION set_updated_at();
CREATE TRIGGER set_updated_at BEFORE UPDATE ON attachments FOR EACH ROW EXECUTE FUNCTION set_updated_at();
CREATE TRIGGER set_updated_at BEFORE UPDATE ON board_transitions FOR EACH ROW EXECUTE FUNCTION set_updated_at();
CREATE TRIGGER set_updated_at BEFORE UPDATE ON saved_views FOR EACH ROW EXECUTE FUNCTION set_updated_at();
CREATE TRIGGER set_updated_at BEFORE UPDATE ON templates FOR EACH ROW EXECUTE FUNCTION set_updated_at();

-- The trail also tells what a person does to these. Of a card, counts that follow from others' rows are left out.
CREATE OR REPLACE TRIGGER audit AFTER INSERT OR UPDATE OR DELETE ON tasks
  FOR EACH ROW EXECUTE FUNCTION audit_row('task', 'created_at', 'updated_at', 'comment_count', 'attachment_count',
    'checklist_done', 'checklist_total');
CREATE TRIGGER audit AFTER INSERT OR UPDATE OR DELETE ON labels
  FOR EACH ROW EXECUTE FUNCTION audit_row('label', 'created_at', 'updated_at');
CREATE TRIGGER audit AFTER INSERT OR UPDATE OR DELETE ON task_links
  FOR EACH ROW EXECUTE FUNCTION audit_row('link', 'created_at', 'updated_at');
CREATE TRIGGER audit AFTER INSERT OR UPDATE OR DELETE ON comments
  FOR EACH ROW EXECUTE FUNCTION audit_row('comment', 'created_at', 'updated_at', 'edited_at');
CREATE TRIGGER audit AFTER INSERT OR UPDATE OR DELETE ON attachments
  FOR EACH ROW EXECUTE FUNCTION audit_row('attachment', 'created_at', 'updated_at');
CREATE TRIGGER audit AFTER INSERT OR UPDATE OR DELETE ON board_transitions
  FOR EACH ROW EXECUTE FUNCTION audit_row('transition', 'created_at', 'updated_at');
CREATE TRIGGER audit AFTER INSERT OR UPDATE OR DELETE ON saved_views
  FOR EACH ROW EXECUTE FUNCTION audit_row('view', 'created_at', 'updated_at');
CREATE TRIGGER audit AFTER INSERT OR UPDATE OR DELETE ON templates
  FOR EACH ROW EXECUTE FUNCTION audit_row('template', 'created_at', 'updated_at');

CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON labels FOR EACH STATEMENT EXECUTE FUNCTION refuse_truncate();
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON task_links FOR EACH STATEMENT EXECUTE FUNCTION refuse_truncate();
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON comments FOR EACH STATEMENT EXECUTE FUNCTION refuse_truncate();
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON attachments FOR EACH STATEMENT EXECUTE FUNCTION refuse_truncate();
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON board_transitions FOR EACH STATEMENT EXECUTE FUNCTION refuse_truncate();
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON saved_views FOR EACH STATEMENT EXECUTE FUNCTION refuse_truncate();
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON templates FOR EACH STATEMENT EXECUTE FUNCTION refuse_truncate();
