ALTER TABLE "purchasing"."supplier_payment" ADD COLUMN "discount" numeric(19, 2) DEFAULT '0' NOT NULL;
