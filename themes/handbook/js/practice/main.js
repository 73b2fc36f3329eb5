/* Starts what the scripts of preparation material have defined, at once: some of it waits for the page to be shown. What every
   page has is started before. */
prepbook.elements.connect(document);
