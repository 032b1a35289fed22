-- Outbox: one row per changing statement and type; the relay publishes it and hands it to consumers.
CREATE TABLE kit.outbox (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  tenant_id uuid NOT NULL,
  type text NOT NULL,
  op text NOT NULL CHECK (op IN ('created', 'updated', 'deleted')),
  -- Null when more rows changed than a message can name.
  entity_ids uuid[],
  user_id uuid,
  request_id text NOT NULL,
  at timestamptz NOT NULL DEFAULT clock_timestamp()
);
--> statement-breakpoint
CREATE TABLE kit.audit (
  tenant_id uuid NOT NULL,
  id bigint GENERATED ALWAYS AS IDENTITY,
  at timestamptz NOT NULL DEFAULT clock_timestamp(),
  user_id uuid,
  request_id text NOT NULL,
  entity text NOT NULL,
  entity_id uuid NOT NULL,
  op text NOT NULL CHECK (op IN ('updated', 'deleted')),
  before jsonb NOT NULL,
  after jsonb,
  PRIMARY KEY (tenant_id, id)
);
--> statement-breakpoint
CREATE INDEX audit_entity ON kit.audit (tenant_id, entity_id, id);
--> statement-breakpoint
CREATE TABLE kit.idempotency (
  tenant_id uuid NOT NULL,
  mutation text NOT NULL,
  key text NOT NULL,
  input_hash text NOT NULL,
  result jsonb,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, mutation, key)
);
--> statement-breakpoint
CREATE INDEX idempotency_age ON kit.idempotency (created_at);
--> statement-breakpoint
CREATE TABLE kit.published (
  tenant_id uuid NOT NULL,
  type text NOT NULL,
  id uuid NOT NULL,
  data jsonb NOT NULL,
  PRIMARY KEY (tenant_id, type, id)
);
--> statement-breakpoint
CREATE TABLE kit.list_count (
  tenant_id uuid NOT NULL,
  list text NOT NULL,
  -- '' counts all rows, otherwise the rows with this value of the counted column.
  facet text NOT NULL,
  n bigint NOT NULL,
  PRIMARY KEY (tenant_id, list, facet)
);
--> statement-breakpoint
CREATE FUNCTION kit.tenant() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
  RETURN nullif(current_setting('app.tenant_id', true), '')::uuid;
--> statement-breakpoint
-- Statement trigger of every listed table. Arguments: type, counted column or '', published columns as
-- 'name=column=cast,...'; the cast keeps decimals from becoming JSON numbers.
CREATE FUNCTION kit.list_changed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = kit, pg_catalog AS $$
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
-- Statement trigger of every table that is neither append-only nor derived. Argument: the entity's name.
CREATE FUNCTION kit.audit_changes() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = kit, pg_catalog AS $$
DECLARE
  actor uuid := nullif(current_setting('app.user_id', true), '')::uuid;
  request text := coalesce(current_setting('app.request_id', true), '');
BEGIN
  IF tg_op = 'UPDATE' THEN
    INSERT INTO kit.audit (tenant_id, user_id, request_id, entity, entity_id, op, before, after)
    SELECT o.tenant_id, actor, request, tg_argv[0], o.id, 'updated', to_jsonb(o), to_jsonb(n)
    FROM old_rows o JOIN new_rows n USING (id) WHERE to_jsonb(o) IS DISTINCT FROM to_jsonb(n);
  ELSE
    INSERT INTO kit.audit (tenant_id, user_id, request_id, entity, entity_id, op, before)
    SELECT o.tenant_id, actor, request, tg_argv[0], o.id, 'deleted', to_jsonb(o) FROM old_rows o;
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
-- Append-only tables refuse every change, also from their owner.
CREATE FUNCTION kit.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '%.% is append-only: % is not possible; correct by a new record', tg_table_schema, tg_table_name, lower(tg_op)
    USING ERRCODE = 'restrict_violation';
END $$;
--> statement-breakpoint
CREATE FUNCTION kit.claim_key(for_mutation text, for_key text, hash text, OUT claimed boolean, OUT input_hash text, OUT result jsonb)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = kit, pg_catalog AS $$
BEGIN
  INSERT INTO kit.idempotency AS i (tenant_id, mutation, key, input_hash) VALUES (kit.tenant(), for_mutation, for_key, hash)
  ON CONFLICT (tenant_id, mutation, key) DO NOTHING;
  IF found THEN
    claimed := true; input_hash := hash;
  ELSE
    SELECT false, i.input_hash, i.result INTO claimed, input_hash, result FROM kit.idempotency i
    WHERE i.tenant_id = kit.tenant() AND i.mutation = for_mutation AND i.key = for_key;
  END IF;
END $$;
--> statement-breakpoint
CREATE FUNCTION kit.keep_result(for_mutation text, for_key text, answer jsonb) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = kit, pg_catalog AS $$
  UPDATE kit.idempotency SET result = answer WHERE tenant_id = kit.tenant() AND mutation = for_mutation AND key = for_key
$$;
