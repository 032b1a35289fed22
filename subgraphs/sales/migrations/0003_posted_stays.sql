-- What a posted document says is never edited or deleted (rules 23, 37), whoever writes the statement: it is cancelled by another
-- document. What happens to it afterwards, such as payments and its cancellation, stands in other columns.
CREATE FUNCTION sales.refuse_posted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'POSTED_DOCUMENT: what a posted document says cannot be changed' USING ERRCODE = 'integrity_constraint_violation';
END $$;
--> statement-breakpoint
CREATE TRIGGER keep_posted BEFORE UPDATE OF kind, number, customer_id, customer_name, customer_number, customer_vat_id,
  customer_address, country, seller, issued_on, supplied_on, due_on, payment_term_days, currency, net, tax, gross, line_count, note, reference,
  external_source, external_number, journal_entry_id, cancels_id, order_id, posted_at, created_by
  ON sales.sales_invoice FOR EACH ROW WHEN (OLD.status <> 'DRAFT') EXECUTE FUNCTION sales.refuse_posted();
--> statement-breakpoint
CREATE TRIGGER keep_posted_row BEFORE DELETE ON sales.sales_invoice
  FOR EACH ROW WHEN (OLD.status <> 'DRAFT') EXECUTE FUNCTION sales.refuse_posted();
--> statement-breakpoint
CREATE TRIGGER keep_posted_status BEFORE UPDATE OF status ON sales.sales_invoice
  FOR EACH ROW WHEN (OLD.status <> 'DRAFT' AND NEW.status IN ('DRAFT')) EXECUTE FUNCTION sales.refuse_posted();
--> statement-breakpoint
-- Lines come before their document is posted, or in the transaction that posts it.
CREATE FUNCTION sales.keep_posted_lines() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM (SELECT DISTINCT invoice_id FROM changed_rows) c JOIN sales.sales_invoice i ON i.id = c.invoice_id
             WHERE i.posted_at < transaction_timestamp()) THEN
    RAISE EXCEPTION 'POSTED_DOCUMENT: lines of a posted document cannot be changed' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER keep_posted_insert AFTER INSERT ON sales.sales_invoice_line REFERENCING NEW TABLE AS changed_rows
  FOR EACH STATEMENT EXECUTE FUNCTION sales.keep_posted_lines();
--> statement-breakpoint
CREATE TRIGGER keep_posted_update AFTER UPDATE ON sales.sales_invoice_line REFERENCING OLD TABLE AS changed_rows
  FOR EACH STATEMENT EXECUTE FUNCTION sales.keep_posted_lines();
--> statement-breakpoint
CREATE TRIGGER keep_posted_delete AFTER DELETE ON sales.sales_invoice_line REFERENCING OLD TABLE AS changed_rows
  FOR EACH STATEMENT EXECUTE FUNCTION sales.keep_posted_lines();
--> statement-breakpoint
CREATE TRIGGER keep_posted_insert AFTER INSERT ON sales.sales_invoice_tax REFERENCING NEW TABLE AS changed_rows
  FOR EACH STATEMENT EXECUTE FUNCTION sales.keep_posted_lines();
--> statement-breakpoint
CREATE TRIGGER keep_posted_update AFTER UPDATE ON sales.sales_invoice_tax REFERENCING OLD TABLE AS changed_rows
  FOR EACH STATEMENT EXECUTE FUNCTION sales.keep_posted_lines();
--> statement-breakpoint
CREATE TRIGGER keep_posted_delete AFTER DELETE ON sales.sales_invoice_tax REFERENCING OLD TABLE AS changed_rows
  FOR EACH STATEMENT EXECUTE FUNCTION sales.keep_posted_lines();
