prepbook.data("contents/root", {"chapters":[{"title":"Models","url":"models.html","part":null,"file":null}]});
