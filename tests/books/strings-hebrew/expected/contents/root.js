prepbook.data("contents/root", {"chapters":[{"title":"עמוד","url":"page.html","part":null,"file":null}]});
