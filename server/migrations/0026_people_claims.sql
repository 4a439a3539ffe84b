-- The number of a document that somebody typed on a phone: officials find the record by it, no card leads to it. Once an
-- officer has confirmed it, it stands in `document_index`, as do those of cards that gates have read.
alter table people add column claimed_document_index bytea;
create index people_by_claimed_document on people (claimed_document_index) where claimed_document_index is not null;

-- Who typed what until now nobody knows any more.
update people set claimed_document_index = document_index, document_index = null, insurance_index = null
where holder_id is not null and (document_index is not null or insurance_index is not null);
