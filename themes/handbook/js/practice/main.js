/* Starts what the scripts of preparation material have defined, behind what those of every page have. */
prepbook.elements.start(document);
