prepbook.data("contents/root", {"chapters":[{"title":"The bank","url":"bank.html","part":null,"file":null},{"title":"Everything","url":"everything.html","part":null,"file":null}]});
