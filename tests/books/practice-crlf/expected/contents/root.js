prepbook.data("contents/root", {"chapters":[{"title":"Daten","url":"daten.html","part":null,"file":null}]});
