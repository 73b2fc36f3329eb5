/* Starts what the scripts of preparation material have defined: those of every page have started before. */
prepbook.elements.connect(document);
