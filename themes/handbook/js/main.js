/* Starts everything. */
prepbook.elements.start(document);
