prepbook.data("contents/root", {"chapters":[{"title":"Quotes","url":"quotes.html","part":null,"file":null}]});
