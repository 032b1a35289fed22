-- What a posted document says is never edited or deleted (rules 23, 37), whoever writes the statement: it is cancelled by another
-- document. What happens to it afterwards, such as payments and its cancellation, stands in other columns.
CREATE FUNCTION purchasing.refuse_posted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'POSTED_DOCUMENT: what a posted document says cannot be changed' USING ERRCODE = 'integrity_constraint_violation';
END $$;
--> statement-breakpoint
CREATE TRIGGER keep_posted BEFORE UPDATE OF number, supplier_id, supplier_name, supplier_number, issued_on, supplied_on, due_on,
  currency, net, tax, gross, line_count, note, external_source, external_number, stated_gross, order_id, differences, check_note, checked_by,
  journal_entry_id, posted_at, created_by
  ON purchasing.supplier_invoice FOR EACH ROW WHEN (OLD.posted_at IS NOT NULL) EXECUTE FUNCTION purchasing.refuse_posted();
--> statement-breakpoint
CREATE TRIGGER keep_posted_row BEFORE DELETE ON purchasing.supplier_invoice
  FOR EACH ROW WHEN (OLD.posted_at IS NOT NULL) EXECUTE FUNCTION purchasing.refuse_posted();
--> statement-breakpoint
CREATE TRIGGER keep_posted_status BEFORE UPDATE OF status ON purchasing.supplier_invoice
  FOR EACH ROW WHEN (OLD.posted_at IS NOT NULL AND NEW.status IN ('RECEIVED', 'CHECKED')) EXECUTE FUNCTION purchasing.refuse_posted();
--> statement-breakpoint
-- Lines come before their document is posted, or in the transaction that posts it.
CREATE FUNCTION purchasing.keep_posted_lines() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM (SELECT DISTINCT invoice_id FROM changed_rows) c JOIN purchasing.supplier_invoice i ON i.id = c.invoice_id
             WHERE i.posted_at < transaction_timestamp()) THEN
    RAISE EXCEPTION 'POSTED_DOCUMENT: lines of a posted document cannot be changed' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER keep_posted_insert AFTER INSERT ON purchasing.supplier_invoice_line REFERENCING NEW TABLE AS changed_rows
  FOR EACH STATEMENT EXECUTE FUNCTION purchasing.keep_posted_lines();
--> statement-breakpoint
CREATE TRIGGER keep_posted_update AFTER UPDATE ON purchasing.supplier_invoice_line REFERENCING OLD TABLE AS changed_rows
  FOR EACH STATEMENT EXECUTE FUNCTION purchasing.keep_posted_lines();
--> statement-breakpoint
CREATE TRIGGER keep_posted_delete AFTER DELETE ON purchasing.supplier_invoice_line REFERENCING OLD TABLE AS changed_rows
  FOR EACH STATEMENT EXECUTE FUNCTION purchasing.keep_posted_lines();
