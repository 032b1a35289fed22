-- Lists so long that jumping into them has to be helped: from now on their changes are noted. `since` is the first transaction
-- that may have begun before they were; what is counted once all those are over misses nothing.
CREATE TABLE kit.list_watch (
  tenant_id uuid NOT NULL,
  -- Type and columns, as in the arguments of the trigger: what was kept for other columns is not mistaken for this.
  list text NOT NULL,
  since xid8,
  counted boolean NOT NULL DEFAULT false,
  PRIMARY KEY (tenant_id, list)
);
--> statement-breakpoint
-- Some thousand rows that follow each other in one order of a list, with how many they are. The first block of an order has no
-- lower end.
CREATE TABLE kit.list_block (
  tenant_id uuid NOT NULL,
  list text NOT NULL,
  -- Columns of the order, ascending.
  sort text NOT NULL,
  -- '' counts all rows, otherwise those with this value of the counted column.
  facet text NOT NULL,
  place float8 NOT NULL,
  low text[],
  n bigint NOT NULL,
  PRIMARY KEY (tenant_id, list, sort, facet, place)
);
--> statement-breakpoint
-- What came (1) and went (-1) since the blocks were last brought up to date: one row a statement, with a row of `keys` for each
-- column. Nothing but inserts, so that writers never wait for each other here.
CREATE TABLE kit.list_change (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  tenant_id uuid NOT NULL,
  list text NOT NULL,
  sign smallint NOT NULL,
  ids uuid[] NOT NULL,
  facets text[] NOT NULL,
  keys text[] NOT NULL
);
--> statement-breakpoint
CREATE INDEX list_change_of_list ON kit.list_change (tenant_id, list, id);
--> statement-breakpoint
-- Statement trigger of every listed table. Arguments: type, counted column or '', columns of its orders, rows from which the list
-- is watched.
CREATE FUNCTION kit.list_moved() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = kit, pg_catalog AS $$
DECLARE
  tenant uuid := kit.tenant();
  watched text := format('%s(%s;%s)', tg_argv[0], tg_argv[2], tg_argv[1]);
  facet text := CASE WHEN tg_argv[1] = '' THEN $sql$''$sql$ ELSE format('r.%I::text', tg_argv[1]) END;
  names text[] := string_to_array(tg_argv[2], ',');
  keys text;
  moved text := '';
BEGIN
  IF NOT EXISTS (SELECT FROM kit.list_watch w WHERE w.tenant_id = tenant AND w.list = watched) THEN
    IF (SELECT n FROM kit.list_count c WHERE c.tenant_id = tenant AND c.list = tg_argv[0] AND c.facet = '') >= tg_argv[3]::bigint THEN
      INSERT INTO kit.list_watch (tenant_id, list) VALUES (tenant, watched) ON CONFLICT DO NOTHING;
    END IF;
    RETURN NULL;
  END IF;
  SELECT string_agg(format('array_agg(r.%I::text)', name), ', ') INTO keys FROM unnest(names) AS name;
  IF tg_op = 'UPDATE' THEN
    -- Most changes move no row.
    SELECT string_agg(format('o.%1$I IS DISTINCT FROM n.%1$I', name), ' OR ') INTO moved
    FROM unnest(names || nullif(tg_argv[1], '')) AS name WHERE name IS NOT NULL;
    moved := format('WHERE r.id IN (SELECT id FROM old_rows o JOIN new_rows n USING (id) WHERE %s)', moved);
  END IF;
  IF tg_op <> 'INSERT' THEN
    EXECUTE format('INSERT INTO kit.list_change (tenant_id, list, sign, ids, facets, keys)
      SELECT $1, $2, -1, array_agg(r.id), array_agg(%s), ARRAY[%s] FROM old_rows r %s HAVING count(*) > 0', facet, keys, moved)
      USING tenant, watched;
  END IF;
  IF tg_op <> 'DELETE' THEN
    EXECUTE format('INSERT INTO kit.list_change (tenant_id, list, sign, ids, facets, keys)
      SELECT $1, $2, 1, array_agg(r.id), array_agg(%s), ARRAY[%s] FROM new_rows r %s HAVING count(*) > 0', facet, keys, moved)
      USING tenant, watched;
  END IF;
  RETURN NULL;
END $$;
