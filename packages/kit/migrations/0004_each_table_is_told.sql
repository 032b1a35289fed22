-- Who keeps an answer waits for changes of what it was read from, so each table tells of its own.

-- Marks a table as told of: its change in this transaction, for this company, has its row in the outbox. Answers whether it
-- was marked before. The mark goes with the transaction, and with the savepoint that the row goes with.
DROP FUNCTION kit.tell(text, uuid);
--> statement-breakpoint
CREATE FUNCTION kit.tell(of_table text, tenant uuid) RETURNS boolean LANGUAGE plpgsql SET search_path = kit, pg_catalog AS $$
DECLARE
  told text := coalesce(current_setting('app.told', true), '');
  mark text := of_table || '@' || tenant || ' ';
BEGIN
  IF position(mark IN told) > 0 THEN RETURN true; END IF;
  PERFORM set_config('app.told', told || mark, true);
  RETURN false;
END $$;
--> statement-breakpoint
-- Statement trigger of every listed table. Arguments: type, counted column or '', published columns as
-- 'name=column=cast,...'; the cast keeps decimals from becoming JSON numbers.
CREATE OR REPLACE FUNCTION kit.list_changed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = kit, pg_catalog AS $$
DECLARE
  of_list text := tg_argv[0];
  counted text := nullif(tg_argv[1], '');
  published_pairs text := nullif(tg_argv[2], '');
  tenant uuid := kit.tenant();
  ids uuid[];
  total bigint;
  state text;
BEGIN
  IF tg_op = 'DELETE' THEN
    SELECT count(*), (array_agg(id))[1:101] INTO total, ids FROM old_rows;
  ELSE
    SELECT count(*), (array_agg(id))[1:101] INTO total, ids FROM new_rows;
  END IF;
  IF total = 0 THEN RETURN NULL; END IF;
  IF tenant IS NULL THEN RAISE EXCEPTION 'A listed table was changed without a company'; END IF;

  INSERT INTO kit.outbox (tenant_id, type, op, entity_ids, user_id, request_id)
  VALUES (tenant, of_list, CASE tg_op WHEN 'INSERT' THEN 'created' WHEN 'UPDATE' THEN 'updated' ELSE 'deleted' END,
          CASE WHEN total > 100 THEN NULL ELSE ids END,
          nullif(current_setting('app.user_id', true), '')::uuid, coalesce(current_setting('app.request_id', true), ''));

  IF tg_op <> 'UPDATE' THEN
    INSERT INTO kit.list_count AS c VALUES (tenant, of_list, '', CASE tg_op WHEN 'INSERT' THEN total ELSE -total END)
    ON CONFLICT (tenant_id, list, facet) DO UPDATE SET n = c.n + excluded.n;
  END IF;
  IF counted IS NOT NULL THEN
    EXECUTE format($sql$
      INSERT INTO kit.list_count AS c
      SELECT $1, $2, facet, sum(n) FROM (%s) AS changes (facet, n) GROUP BY facet HAVING sum(n) <> 0 ORDER BY facet
      ON CONFLICT (tenant_id, list, facet) DO UPDATE SET n = c.n + excluded.n
    $sql$, CASE tg_op
      WHEN 'INSERT' THEN format('SELECT %1$I::text, 1 FROM new_rows WHERE %1$I IS NOT NULL', counted)
      WHEN 'DELETE' THEN format('SELECT %1$I::text, -1 FROM old_rows WHERE %1$I IS NOT NULL', counted)
      ELSE format('SELECT %1$I::text, 1 FROM new_rows WHERE %1$I IS NOT NULL UNION ALL SELECT %1$I::text, -1 FROM old_rows WHERE %1$I IS NOT NULL', counted)
    END) USING tenant, of_list;
  END IF;

  IF published_pairs IS NOT NULL THEN
    IF tg_op = 'DELETE' THEN
      DELETE FROM kit.published p USING old_rows o WHERE p.tenant_id = tenant AND p.type = of_list AND p.id = o.id;
    ELSE
      SELECT string_agg(format('%L, %I%s', split_part(pair, '=', 1), split_part(pair, '=', 2), nullif('::' || split_part(pair, '=', 3), '::')), ', ')
        INTO state FROM unnest(string_to_array(published_pairs, ',')) AS pair;
      EXECUTE format($sql$
        INSERT INTO kit.published AS p SELECT $1, $2, id, jsonb_build_object(%s) FROM new_rows
        ON CONFLICT (tenant_id, type, id) DO UPDATE SET data = excluded.data WHERE p.data IS DISTINCT FROM excluded.data
      $sql$, state) USING tenant, of_list;
    END IF;
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
-- Statement trigger of every table of a company that is no list. Arguments: domain, table, and 'unseen' where the trigger does not
-- see the rows. One row a transaction is enough.
CREATE OR REPLACE FUNCTION kit.table_changed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = kit, pg_catalog AS $$
DECLARE
  tenant uuid := kit.tenant();
  of_table text := tg_argv[0] || '.' || tg_argv[1];
  is_empty boolean := false;
BEGIN
  -- Work for the whole installation, such as clearing up, belongs to no company.
  IF tenant IS NULL THEN RETURN NULL; END IF;
  IF tg_op = 'DELETE' THEN
    SELECT NOT EXISTS (SELECT FROM old_rows) INTO is_empty;
  ELSIF tg_nargs = 2 THEN
    SELECT NOT EXISTS (SELECT FROM new_rows) INTO is_empty;
  END IF;
  IF is_empty OR kit.tell(of_table, tenant) THEN RETURN NULL; END IF;
  INSERT INTO kit.outbox (tenant_id, type, op, user_id, request_id)
  VALUES (tenant, of_table, 'updated',
          nullif(current_setting('app.user_id', true), '')::uuid, coalesce(current_setting('app.request_id', true), ''));
  RETURN NULL;
END $$;
--> statement-breakpoint
-- Statement trigger of every table that belongs to no company. Arguments: domain, table, and 'keyed' where its rows have an id. Its
-- changes are told under the id of no company.
CREATE FUNCTION kit.shared_table_changed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = kit, pg_catalog AS $$
DECLARE
  nobody constant uuid := '00000000-0000-0000-0000-000000000000';
  of_table text := tg_argv[0] || '.' || tg_argv[1];
  ids uuid[];
  total bigint;
BEGIN
  IF tg_nargs = 3 THEN
    IF tg_op = 'DELETE' THEN
      SELECT count(*), (array_agg(id))[1:101] INTO total, ids FROM old_rows;
    ELSE
      SELECT count(*), (array_agg(id))[1:101] INTO total, ids FROM new_rows;
    END IF;
  ELSIF tg_op = 'DELETE' THEN
    SELECT count(*) INTO total FROM old_rows;
  ELSE
    SELECT count(*) INTO total FROM new_rows;
  END IF;
  IF total = 0 OR ids IS NULL AND kit.tell(of_table, nobody) THEN RETURN NULL; END IF;
  INSERT INTO kit.outbox (tenant_id, type, op, entity_ids, request_id)
  VALUES (nobody, of_table, 'updated', CASE WHEN total > 100 THEN NULL ELSE ids END,
          coalesce(current_setting('app.request_id', true), ''));
  RETURN NULL;
END $$;
