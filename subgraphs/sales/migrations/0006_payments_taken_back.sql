CREATE TABLE "sales"."payment_cancellation" (
	"payment_id" uuid PRIMARY KEY NOT NULL,
	"tenant_id" uuid NOT NULL,
	"cancelled_on" date NOT NULL,
	"reason" text NOT NULL,
	"journal_entry_id" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "sales"."payment_cancellation" ADD CONSTRAINT "payment_cancellation_payment_id_payment_id_fk" FOREIGN KEY ("payment_id") REFERENCES "sales"."payment"("id") ON DELETE no action ON UPDATE no action;