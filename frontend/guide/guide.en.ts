import type { Guide } from './topics.ts';

export const en: Guide = {
  start: {
    title: 'First steps',
    lead: 'Signing in, arranging the dashboard and getting anywhere quickly.',
    text: `
## Signing in
Sign in with your e-mail and password. **Forgot password** sends a mail with which you set a new one. If you have several companies, switch at the top left by the name of the
company; each has its own data, rights and views.

## The dashboard
Every widget shows figures that keep themselves up to date; a click on a figure or a title opens the list behind it. With **Arrange** you drag widgets to another place, change
their size, remove them or add others, saved views of lists included. By keyboard: arrow keys move, with Shift they change the size, Delete removes. **Reset** brings the widgets of your role
back. Everything is kept at once.

## Getting there quickly
- **Ctrl+K** opens the search: find pages, settings, help, documents, accounts and all other records, create something, do what the page offers, or calculate, for example \`3*19.95\`. Slips of the fingers and missing umlauts do no harm.
- **G** and a letter jumps to a page, **?** shows all keys of the page you are on.
- **R** undoes what has just been reported at the foot of the page, as long as the message offers it.
- The **star** at the top keeps the page with its filters among your favourites.

## Language and look
Choose German or English, light or dark in the menu behind your initials at the top right. More contrast is in the settings, the height of rows
there and at the list.
`,
  },
  lists: {
    title: 'Lists',
    lead: 'Find, sort, filter, group, change and export, even over millions of rows.',
    text: `
## Moving
The scroll bar reaches over all rows. Arrow keys go from cell to cell, **Ctrl+End** goes to the end, **Enter** opens the row, **Space** selects it.

## Sorting and filtering
A click on a column head sorts; with Shift a second column is added. By keyboard **↑** leads from the first row into
the head, where Enter sorts; on a phone **Sort** is among the tools of the list. **/** jumps into the search. In the filter you join conditions with *all*, *any* or *none*, also in groups; values
tell how many rows have them, and for days there are periods such as *last month*. Filters stand in the address: a bookmark, or a link sent to a colleague, shows the same.

## Columns and groups
Columns can be moved, widened, hidden and pinned. **Group** gathers rows by value, month, quarter or year, with counts and sums; a group opens to its rows.

## Views
Keep filters, order, columns and groups under a name as a view of your own, for all colleagues if you like. Your views can stand on the dashboard as well.

## Changing, and many at once
In master data **F2** or typing changes the cell, **Tab** goes on, **Esc** drops the change; ranges can be copied and pasted from and to a spreadsheet. If somebody else has changed it
meanwhile, you see both values and decide. For selected rows, or *all that match*, there are actions with progress; what did not work is listed with the reason.

## Export
As CSV or Excel, with exactly the columns, filters and order that you see. Printing from the browser gives the rows that are in view.
`,
  },
  sales: {
    title: 'Sales',
    lead: 'From the quote by order and delivery to the invoice and the payment.',
    text: `
## The chain
Quote, order, delivery, invoice: each step is made from the one before, and every document shows at its top what came before and after it. You can start anywhere, so an
invoice needs no order.

At the right of a document stand all documents of the same business with state and day, from the quote to the payment, and below them its history: what happened when and by whom.

## Printing
**Print** gives quotes, order confirmations, delivery notes, purchase orders and invoices with the company's letterhead, on paper or as PDF, in the *Language of documents* that the business partner's record says. Address, bank and register come from the settings of the
company; a posted invoice keeps what stood there when it was posted.

## Writing an invoice
**New invoice** (key N), find customer and articles by their first letters, enter the quantity; price, VAT code and totals come by themselves. **Enter** goes to the next field and
the next line, **Ctrl+D** copies the line above, **Ctrl+Delete** removes it. While you write, a draft is kept; you find it on every device. **Check and post** assigns the invoice number,
posts to the journal and takes the goods from stock. Errors stand at their fields.

## Posted is posted
A posted document is never changed. **Cancel** writes a credit note with its own number over the same amount; then write a new one. What was paid then stands
as a credit of the customer; a cash discount that was granted is taken back with it.
**Credit note** on a posted invoice drafts a correction over its lines: leave what is credited and cut down quantities or prices. It names the invoice that it corrects, has its VAT rates, and
never takes back more than was billed. Goods that left with the invoice go back into stock when it is posted; for a mere rebate use a service. What left with a delivery note is taken back there, all or part of it:
**Take back** asks how much has come.
An invoice that a credit note stands against is not cancelled: cancel the credit note first, or credit the rest.

## Payments
**Record payment** on the document, also in parts. The open amount follows at once, on the dashboard and in the open items too. What stands on the bank statement is matched under *Bank*.
A payment that was recorded by mistake is taken back in the **history** of the document with **Take payment back**: its entry is reversed, amount and cash discount are open again, and the payment stays readable with day and reason.
Where the customer takes a cash discount, enter what came in and post the **rest as cash discount**: the item is settled, revenue and VAT are reduced at the rate of the invoice.
When matching under *Bank* the discount is a line of its own with a minus, for example on 8736 with the code U19; it takes the VAT rate of the document. Before such a document is
cancelled, take the assignment back.
What you pay back for a credit note is **Record refund**. Where no money moves, **settle**: beside the open amount, on the right of the document, choose what is open on the other side of the
account, such as a credit note, what was paid too much, or the credit of a cancellation. Reversing its entry in the journal takes it back.

## To other countries
The VAT code of a line decides what is posted; for supplies within the EU the customer needs a VAT id. The notes that the law asks for are printed on the document.
`,
  },
  partners: {
    title: 'Customers and suppliers',
    lead: 'Business partners, opportunities and activities.',
    text: `
## Business partners
A business partner can be customer, supplier and prospect at the same time. Name and country are enough to begin. VAT id, IBAN and BIC are checked as you enter them. The personal account in the
books comes by itself with the first posting.

## At a glance
Open items, the latest documents, opportunities and activities stand on the partner's page. **N** writes an invoice to the partner.

## Two people on one record
Who has the record open is shown at the top. If the other one saves first, fields that only one of you changed are merged; for the others you see both values and choose.

## Opportunities and activities
Opportunities show what is coming up, with amount, stage and expected close; the dashboard adds them up by stage. Activities are calls, mails, meetings, notes and tasks.
`,
  },
  inventory: {
    title: 'Articles and stock',
    lead: 'Master data, quantities on hand and every movement.',
    text: `
## Articles
Number, name, unit, price and VAT code. Goods have stock, services have none. An article that is no longer sold is deactivated: old documents keep it, new ones do not offer it.

## Stock
The quantity on hand is the sum of all movements: receipt, delivery, invoice without delivery, return and adjustment. A movement is never changed; a second one corrects it. A sale is not
refused because its receipt was not recorded yet; the stock then goes below zero.

## Adjusting stock
**Adjust stock** (key N at the stock movements, B on an article) takes the quantity that was counted and moves the difference, or an addition or removal with its sign. Find or scan the article,
**Enter**, quantity, **Enter**: then comes the next article; warehouse, day and reason stay. A count that agrees moves nothing.

## Warehouses
**Warehouses** lists the places you keep goods in, with the number of articles in each. One is the standard: goods go there and come from there when nothing else is said. An empty one that is no longer
there is taken out of use; old documents keep it.

## Reordering
When the quantity on hand is below the reorder point, or below zero, the article stands in the widget **Check stock** and in the view *To reorder* of the articles.
`,
  },
  purchasing: {
    title: 'Purchasing',
    lead: 'Purchase order, goods receipt, supplier invoice and payment.',
    text: `
## Ordering
A purchase order is approved and then marked as sent. The expected day helps the dashboard.

## Goods receipt
**Receive** on the order takes over the open quantities; change what has really come. Posting it adds to the stock. Partial deliveries are possible.

## Supplier bill
Enter the supplier's number and date and the lines, or take them over from the order. The same number of the same supplier is not accepted twice. Posting writes input VAT and the payable; for
purchases within the EU and under § 13b UStG your company owes the VAT, and both sides are posted.

## Cancelling
A posted receipt and a supplier invoice are cancelled with a reason, never deleted. The quantities of a receipt leave the stock again, a posted invoice is reversed in the journal; what was paid already
stays as a claim on the supplier.

## Paying
**Record payment** on the bill, or match the outgoing line of the bank statement. A cash discount taken is posted along with it: cost and input tax are reduced.
A payment recorded by mistake is taken back in the history of the bill with **Take payment back**.

## Credit note of the supplier
**Credit note** on the posted bill takes over its lines; leave what stands on the credit note. Without a bill it begins on *New supplier invoice* with **Enter a credit note instead**. Checked and posted it reduces
cost and input VAT and stands as a credit with the supplier: **settle** it on the right of the document against a bill, or record the refund.
`,
  },
  finance: {
    title: 'Accounting',
    lead: 'Journal, trial balance, open items and bank.',
    text: `
## Journal
Every entry is final, numbered without gaps and chained to the one before, so that any later change would be noticed. A link leads from the entry to its document.
**New entry** (key **N**) posts by hand: the account by number or name, an amount in debit or credit, the VAT code on the line of the account. The amount is gross then and the tax is split
off. **Enter** goes to the next field and the next line, **=** puts the difference into the line. **Check** posts nothing yet.
Corrections are made with **Reverse**: the reversing entry stands in an open month, and both refer to each other. **Copy as new** takes the lines over as a template. What belongs to a
document is reversed with the document.

## Trial balance
All accounts with opening, debit, credit and balance up to a month. A click on an account shows its months and largest entries, and from there the account sheet.

## Accounts
**New account** (key **N**) adds to the chart. The sheet of an account shows the opening balance, each line with the account across in debit and credit, the balance after it and the
closing balance, for a month or the fiscal year. An account that must not be posted to any more is made inactive under **Edit**.

## Open items
What customers owe and what you owe, with due dates and days overdue. Where both are in the list, the balance at its end is claims less debts.

## Bank
Read a statement as a CAMT.053 file (XML); the same line is never taken over twice. What comes on paper is entered with **Enter a transaction** (key **U**).
The page of a line shows open items that fit: the same amount, a document number in the purpose, the same name. Under **Assignment** choose items by document or name and accounts by
number, mixed and in parts as well: an invoice less a credit note, interest or charges with a VAT code. What goes the other way has a minus; **=** takes the rest.
It is posted once nothing is left. What is paid too much goes to the partner's account, where it stands as a credit. **Take match back** reverses the posting and opens the items again.

## Periods
**Periods** tells what a month still takes. **Open**: everybody with the right to post. **Closed for daily work**: accountants only, documents of other areas are refused. **Locked**:
nobody. Lock a month at the latest once its VAT return is filed. A month can be opened again; every change is logged.
`,
  },
  tasks: {
    title: 'Tasks and import',
    lead: 'What runs in the background, and how documents come from a file.',
    text: `
## Tasks
Long work goes on in the background when you leave the page. The ring at the top shows the progress, the bell tells the end. A task can be cancelled, and repeated after a fault;
nothing happens twice.

## Importing documents
Under *Tasks* you upload a CSV file, as .gz too. The **dry run** checks everything and changes nothing. Faulty lines are reported with number and reason, the rest is taken
over; the same file again adds nothing.
`,
  },
  files: {
    title: 'Attachments',
    lead: 'Files of documents and master data: attaching, viewing and keeping them.',
    text: `
## Attaching
**Attachments** on the page of a document, business partner, article or journal entry shows what belongs to it. **Attach a file** chooses files; they can also be dropped
on the section or pasted with **Ctrl+V**, such as a screenshot. On a phone the same button offers the camera. Files chosen in a form are attached once it is saved; drafts
keep them in this browser only. A file may have 25 MB; programs are not taken.

## Viewing
Images and PDFs open in a new tab, everything else is saved; the arrow beside it always saves. Whoever may see a record may see what is attached to it.

## Removing and keeping
The bin takes an attachment away, **Undo** brings it back. What belongs to a document that is sent or posted carries a lock and is kept with it; attach the right file
beside it. Who attached and removed what is in the audit trail.

## Without a connection
Files chosen without a connection are not lost: they wait at their record and in the outbox, up to 100 MB in all, and are sent exactly once, after the record they belong
to.
`,
  },
  offline: {
    title: 'Without a connection',
    lead: 'What works without the server, and what happens afterwards.',
    text: `
## Reading
The app starts without a connection. What you have seen before you can read; the top tells how old it is.

## Writing
New and changed partners, articles, quotes, orders, bills and drafts of invoices, with what is attached to them, wait in the **outbox** and are sent as soon as the server is back: in the right order and each exactly once, even if
the device was off in between. Posting needs a connection.

## When changes contradict
If somebody else has changed the same field meanwhile, the entry stands in the outbox with both values; choose field by field. There you can also retry or discard.

## What stays on the device
It is kept apart for each company and person. Signing out or switching the company deletes all of it.
`,
  },
  settings: {
    title: 'Settings and rights',
    lead: 'Company, people, sessions and access for programs.',
    text: `
## Company
Address, VAT id, bank account and register data stand on your documents. Chart of accounts (SKR03 or SKR04) and start of the fiscal year are fixed once something has been posted.

## People and roles
Invite colleagues with their role: owner, accountant, sales, warehouse, purchasing or auditor (reads only). Under **Roles** you make roles of your
own from single rights; each shows what it permits and who has it. One can be deleted once everybody has another.

## Sessions
You see where you are signed in and can end each session. **Sign out on all devices** ends all of them at once, this one as well.

## Access for programs
A shop or a report gets a key with the rights that it needs and a budget. The key is shown only once. What a program can ask is shown by the explorer under \`/explorer\` at the graph.
`,
  },
  trouble: {
    title: 'When something does not work',
    lead: 'Understanding messages and getting on.',
    text: `
## Messages
Every message names the reason and, where there is one, the field. What you have entered stays.

## The session has ended
In the middle of a form you are asked for the password; then you go on where you were.

## A part of the page is missing
When an area is down, only its own data is missing; the rest goes on. **Try now** asks again.

## Getting help
Tell the id below the message. With it the operators find your request in their records.
`,
  },
};
