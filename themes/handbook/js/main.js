/* Starts everything, once the page is there. */
prepbook.elements.start(document);
