/* Starts what the scripts of preparation material have defined. What every page has is started before. */
prepbook.elements.start(document);
