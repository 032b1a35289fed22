-- As before; a list that counts no column has one facet, which is a text.
-- Statement trigger of every listed table. Arguments: type, counted column or '', columns of its orders, rows from which the list
-- is watched.
CREATE OR REPLACE FUNCTION kit.list_moved() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = kit, pg_catalog AS $$
DECLARE
  tenant uuid := kit.tenant();
  watched text := format('%s(%s;%s)', tg_argv[0], tg_argv[2], tg_argv[1]);
  facet text := CASE WHEN tg_argv[1] = '' THEN $sql$''::text$sql$ ELSE format('r.%I::text', tg_argv[1]) END;
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
