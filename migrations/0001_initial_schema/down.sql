DROP TABLE board_events;
DROP TABLE tasks;
DROP TABLE columns;
DROP TABLE boards;
DROP TABLE projects;
DROP FUNCTION set_updated_at();
