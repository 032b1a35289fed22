import type { RecordFormProps } from '#ui/RecordForm.tsx';

/** A form that edits a thing. */
export const sampleForm: RecordFormProps = {
  operation: { id: 'x', name: 'UpdateThing', writes: true, keyed: true },
  mutation: 'updateThing',
  object: 'thing',
  sections: [
    {
      title: 'Daten',
      fields: [
        { name: 'name', label: 'Name', kind: 'text' },
        { name: 'city', label: 'Ort', kind: 'text' },
      ],
    },
  ],
  values: { name: 'Elbe', city: 'Hamburg' },
  fixed: { id: 't-1', version: 1 },
  record: { form: 'crm.partner', recordId: 't-1', version: 1 },
  drafts: [],
  target: '/things/{id}',
  submit: 'Speichern',
  saved: 'Gespeichert',
};
