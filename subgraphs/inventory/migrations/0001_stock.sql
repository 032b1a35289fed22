ALTER TABLE inventory.stock_movement ADD CONSTRAINT moves_something CHECK (quantity <> 0);
--> statement-breakpoint
CREATE UNIQUE INDEX one_standard_warehouse ON inventory.warehouse (tenant_id) WHERE standard;
--> statement-breakpoint
-- Partitions come with the first movement of a year. Runs as the owner; the callers may not create tables.
CREATE FUNCTION inventory.ensure_partition(year integer) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = inventory, pg_catalog AS $$
BEGIN
  IF to_regclass(format('inventory.stock_movement_%s', year)) IS NOT NULL THEN RETURN; END IF;
  IF year NOT BETWEEN 1900 AND 2200 THEN RAISE EXCEPTION 'Year % is out of range', year; END IF;
  PERFORM pg_advisory_xact_lock(hashtext('inventory.ensure_partition'));
  EXECUTE format('CREATE TABLE IF NOT EXISTS inventory.stock_movement_%1$s PARTITION OF inventory.stock_movement FOR VALUES IN (%1$s)', year);
END $$;
--> statement-breakpoint
-- The balance is the sum of the movements at every moment, whoever writes them.
CREATE FUNCTION inventory.keep_balance() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO inventory.stock_balance AS b (tenant_id, article_id, warehouse_id, on_hand)
  SELECT tenant_id, article_id, warehouse_id, sum(quantity) FROM new_rows GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
  ON CONFLICT (tenant_id, article_id, warehouse_id) DO UPDATE SET on_hand = b.on_hand + excluded.on_hand;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER keep_balance AFTER INSERT ON inventory.stock_movement REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION inventory.keep_balance();
