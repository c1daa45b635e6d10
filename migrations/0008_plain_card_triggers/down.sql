ALTER FUNCTION index_new_task() SET search_path FROM CURRENT;
ALTER FUNCTION index_task() SET search_path FROM CURRENT;
ALTER FUNCTION audit_new_task() SET search_path FROM CURRENT;
ALTER FUNCTION audit_task() SET search_path FROM CURRENT;
