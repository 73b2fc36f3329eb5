prepbook.data("contents/root", {"chapters":[{"title":"Includes","url":"includes.html","part":null,"file":null}]});
