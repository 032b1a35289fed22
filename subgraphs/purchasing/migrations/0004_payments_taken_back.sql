CREATE TABLE "purchasing"."supplier_payment_cancellation" (
	"payment_id" uuid PRIMARY KEY NOT NULL,
	"tenant_id" uuid NOT NULL,
	"cancelled_on" date NOT NULL,
	"reason" text NOT NULL,
	"journal_entry_id" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "purchasing"."supplier_payment_cancellation" ADD CONSTRAINT "supplier_payment_cancellation_payment_id_supplier_payment_id_fk" FOREIGN KEY ("payment_id") REFERENCES "purchasing"."supplier_payment"("id") ON DELETE no action ON UPDATE no action;