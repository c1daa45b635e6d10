-- Setting the search path aside and putting it back cost 10 µs and more at each call of a trigger, several of them with each
-- change of a card. What changes a card finds its tables by the search path of its connection already.
ALTER FUNCTION audit_task() RESET search_path;
ALTER FUNCTION audit_new_task() RESET search_path;
ALTER FUNCTION index_task() RESET search_path;
ALTER FUNCTION index_new_task() RESET search_path;
